import type {Of} from '../../../objects.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {setPodSpecDefaults} from '../pod-template/defaults.ts';
import {assignPriority} from './priority.ts';
import {qosClass} from './qos-class.ts';
import {admitServiceAccount} from './service-account.ts';
import {addDefaultTolerations} from './tolerations.ts';

export const pods: Strategy<Of<'pods'>> = {
  defaults(pod) {
    pod.spec ??= {containers: []};
    const {spec} = pod;
    setPodSpecDefaults(pod, spec);
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
  },
  beforeUpdate(pod) {
    if (pod.spec) addDefaultTolerations(pod.spec);
  },
};
