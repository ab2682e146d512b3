import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, Of} from '../../objects.ts';
import type {Pod} from '../workload/pods.ts';
import {podFromTemplate} from '../workload/template.ts';

export type StatefulSet = Of<'statefulsets.apps'>;
export type Claim = Of<'persistentvolumeclaims'>;

const revisionLabel = 'controller-revision-hash';

export const revisionOf = ({metadata}: Pod) => metadata.labels?.[revisionLabel];

/** The number at the end of a Pod's name; undefined when it is no name of this StatefulSet's Pods. */
export function ordinalOf(
  {metadata: set}: StatefulSet,
  {metadata: pod}: Pick<Pod, 'metadata'>,
): number | undefined {
  if (!pod.name.startsWith(`${set.name}-`)) return undefined;
  const ordinal = pod.name.slice(set.name.length + 1);
  return /^\d+$/.test(ordinal) ? Number(ordinal) : undefined;
}

export const claimName = (template: string, set: StatefulSet, ordinal: number) =>
  `${template}-${set.metadata.name}-${ordinal}`;

export const claimTemplates = ({spec}: StatefulSet) =>
  (spec?.volumeClaimTemplates ?? []).map(template => ({...template, name: template.metadata?.name ?? ''}));

/** The Pod of an ordinal, with the name, host name and claims that are always its own. */
export function podOf(set: StatefulSet, ordinal: number, template: PodTemplateSpec, revision: string) {
  const pod = podFromTemplate(template, set);
  const name = `${set.metadata.name}-${ordinal}`;
  const labels = {
    ...template.metadata?.labels,
    'apps.kubernetes.io/pod-index': String(ordinal),
    [revisionLabel]: revision,
    'statefulset.kubernetes.io/pod-name': name,
  };
  return {
    ...pod,
    metadata: {...pod.metadata, name, generateName: `${set.metadata.name}-`, labels},
    spec: {
      ...template.spec,
      hostname: name,
      ...(set.spec?.serviceName && {subdomain: set.spec.serviceName}),
      volumes: volumesOf(set, ordinal, template),
    },
  } satisfies KubeObject;
}

/** The claims take the place of volumes of the same name. */
function volumesOf(set: StatefulSet, ordinal: number, {spec}: PodTemplateSpec) {
  const claimed = claimTemplates(set).map(({name}) => ({
    name,
    persistentVolumeClaim: {claimName: claimName(name, set, ordinal)},
  }));
  const taken = new Set(claimed.map(({name}) => name));
  return [...claimed, ...(spec?.volumes ?? []).filter(({name}) => !taken.has(name))];
}
