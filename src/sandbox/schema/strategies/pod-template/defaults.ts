import type {PodSpec, PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import {setContainerDefaults} from './container-defaults.ts';
import {setVolumeDefaults} from './volume-defaults.ts';

/** The defaults of a template within a workload. */
export function templateWithDefaults(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const filled: PodTemplateSpec = template ?? {};
  filled.metadata ??= {};
  filled.spec ??= {containers: []};
  setPodSpecDefaults(filled.spec);
  return filled;
}

/** What Pods and templates have in common. */
export function setPodSpecDefaults(spec: PodSpec): void {
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
