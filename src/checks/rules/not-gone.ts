import {refOf} from '../../world/object.ts';
import {versionAt} from '../../world/world.ts';
import {select} from '../select.ts';
import {type Rule, type RuleContext, replicasOf} from './rule.ts';

/** The step wants a workload deleted, and it was scaled to nothing: that takes its Pods and leaves it. */
export const scaledNotDeleted: Rule = context => {
  const {milestone, scene, since} = context;
  const kind = milestone.object?.kind;
  if (!milestone.object || !milestone.gone || (kind !== 'deployments.apps' && kind !== 'statefulsets.apps'))
    return undefined;
  for (const workload of select(milestone.object, scene)) {
    const track = scene.world.track(workload.metadata.uid);
    const before = track && versionAt(track, since)?.object;
    if (replicasOf(workload) !== 0 || replicasOf(before) === 0) continue;
    return {
      code: 'scaled-not-deleted',
      facts: {replicas: 0},
      object: refOf(kind, workload),
      path: 'spec.replicas',
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** The step wants Pods gone, and they were deleted; but what owns them makes new ones. */
export const madeAgain: Rule = context => {
  const {milestone, scene, since} = context;
  if (milestone.object?.kind !== 'pods' || !milestone.gone) return undefined;
  for (const pod of select(milestone.object, scene)) {
    const owner = pod.metadata.ownerReferences?.[0];
    const bornAt = scene.world.track(pod.metadata.uid)?.versions[0]?.at ?? 0;
    if (!owner || bornAt <= since || !wasOneDeleted(owner.uid, context)) continue;
    return {
      code: 'made-again',
      facts: {owner: `${owner.kind} ${owner.name}`},
      object: refOf('pods', pod),
      path: 'metadata.ownerReferences',
      verdict: 'off-track',
    };
  }
  return undefined;
};

const wasOneDeleted = (owner: string, {scene, since}: RuleContext) =>
  scene.world
    .tracks('pods')
    .some(({versions}) =>
      versions.some(
        ({at, object}, index) =>
          object === undefined &&
          at > since &&
          versions[index - 1]?.object?.metadata.ownerReferences?.some(({uid}) => uid === owner),
      ),
    );
