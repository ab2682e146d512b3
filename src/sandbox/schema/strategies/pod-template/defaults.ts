import type {PodSpec, PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../../objects.ts';
import {setContainerDefaults} from './container-defaults.ts';
import {canonicalizePodQuantities} from './quantities.ts';
import {setVolumeDefaults} from './volume-defaults.ts';

/** The defaults of a template within a workload. @throws StatusError 400 for what is no quantity */
export function templateWithDefaults(
  object: Stored<unknown>,
  template: PodTemplateSpec | undefined,
): PodTemplateSpec {
  const filled: PodTemplateSpec = template ?? {};
  filled.metadata ??= {};
  filled.spec ??= {containers: []};
  setPodSpecDefaults(object, filled.spec);
  return filled;
}

/** What Pods and templates have in common. @throws StatusError 400 for what is no quantity */
export function setPodSpecDefaults(object: Stored<unknown>, spec: PodSpec): void {
  canonicalizePodQuantities(object, spec);
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])])
    setContainerDefaults(container);
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ||= 'default-scheduler';
  syncServiceAccount(spec);
}

/** serviceAccount is the old name of the field: reading knows both, and writing fills both. */
export function syncServiceAccount(spec: PodSpec): void {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name) return;
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
}
