import type {PodCondition} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {timestamp} from '../../../timestamps.ts';
import {podSecurityError, podSecurityWarnings} from '../pod-security/admission.ts';
import {setPodSpecDefaults} from '../pod-template/defaults.ts';
import {validatePodSpec} from '../pod-template/validate.ts';
import {nameWarnings, podWarnings} from '../pod-template/warnings.ts';
import {assignPriority, keepPriority} from './priority.ts';
import {qosClass} from './qos-class.ts';
import {admitServiceAccount} from './service-account.ts';
import {addDefaultTolerations} from './tolerations.ts';
import {validatePodUpdate} from './validate-update.ts';

export const pods: Strategy<Of<'pods'>> = {
  defaults(pod) {
    pod.spec ??= {containers: []};
    const {spec} = pod;
    setPodSpecDefaults(spec);
    spec.enableServiceLinks ??= true;
    for (const {resources, ports = []} of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
      if (resources?.limits) resources.requests = {...resources.limits, ...resources.requests};
      if (spec.hostNetwork) for (const port of ports) port.hostPort ??= port.containerPort;
    }
  },
  beforeCreate(pod, context) {
    if (!pod.spec) return;
    admitServiceAccount(pod, context);
    addDefaultTolerations(pod.spec);
    assignPriority(pod, context);
    pod.status = {phase: 'Pending', qosClass: qosClass(pod.spec)};
    if (pod.spec.schedulingGates?.length) pod.status.conditions = [gated(context.now)];
    // The real server asks the namespace last: an invalid Pod is told what is invalid.
    const refusal = podSecurityError(pod, context);
    if (refusal && validatePodSpec(pod.spec, 'spec').length === 0) throw refusal;
  },
  beforeUpdate(pod, before) {
    if (!pod.spec) return;
    addDefaultTolerations(pod.spec);
    keepPriority(pod.spec, before.spec);
  },
  validate: ({spec}) => (spec ? validatePodSpec(spec, 'spec') : []),
  validateUpdate: validatePodUpdate,
  warnings({spec, metadata}, context, before) {
    if (!spec || before) return [];
    return [
      ...nameWarnings(metadata.name, "the Pod's hostname"),
      ...podSecurityWarnings(spec, metadata.namespace, context, 'pod'),
      ...podWarnings(spec, 'spec'),
    ];
  },
};

/** Until its gates are taken away, the scheduler does not look at a Pod. */
const gated = (now: number) =>
  ({
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: timestamp(now),
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  }) as unknown as PodCondition;
