import {type KubeObject, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import type {Rule, RuleContext} from './rule.ts';

/** The template of a StatefulSet was changed, and its update strategy keeps Pods of the old one. */
export const updateHeld: Rule = context => {
  for (const workload of statefulSets(context)) {
    const {updateStrategy, status} = {
      ...(workload.spec as Spec),
      status: workload.status as Status | undefined,
    };
    const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
    const isHeld = (ordinal: number) => updateStrategy?.type === 'OnDelete' || ordinal < partition;
    const pods = inLab({kind: 'pods'}, context.scene)
      .filter(
        ({metadata}) =>
          status?.updateRevision !== undefined &&
          metadata.labels?.[revisionLabel] !== status.updateRevision &&
          metadata.ownerReferences?.some(({uid}) => uid === workload.metadata.uid) &&
          isHeld(ordinalOf(metadata.name)),
      )
      .map(({metadata}) => metadata.name);
    if (pods.length === 0) continue;
    const byPartition = updateStrategy?.type !== 'OnDelete';
    return {
      code: 'update-held',
      facts: {pods, ...(byPartition ? {partition} : {})},
      object: refOf('statefulsets.apps', workload),
      path: byPartition ? 'spec.updateStrategy.rollingUpdate.partition' : 'spec.updateStrategy.type',
      verdict: 'off-track',
    };
  }
  return undefined;
};

const revisionLabel = 'controller-revision-hash';

interface Spec {
  updateStrategy?: {type?: string; rollingUpdate?: {partition?: number}};
}
interface Status {
  updateRevision?: string;
}

/** The number at the end of the name of a StatefulSet's Pod. */
const ordinalOf = (pod: string) => Number(/-(\d+)$/.exec(pod)?.[1] ?? Number.NaN);

/** That of the milestone, or, where it is about Pods, all of the lab. */
function statefulSets({milestone, scene}: RuleContext): KubeObject[] {
  const {object: selector, gone} = milestone;
  if (!selector || gone) return [];
  if (selector.kind === 'statefulsets.apps') return inLab(selector, scene);
  return selector.kind === 'pods' ? inLab({kind: 'statefulsets.apps'}, scene) : [];
}
