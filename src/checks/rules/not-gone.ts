import type {Selector} from '../../lab/schema.ts';
import {type KubeObject, refOf} from '../../world/object.ts';
import {lastSeen, versionAt} from '../../world/world.ts';
import {inLab, type Scene, select} from '../select.ts';
import {differing} from './field.ts';
import {atStepStart, bornAt, type Rule, type RuleContext, replicasOf} from './rule.ts';

/** The step wants a workload deleted, and it was scaled to nothing: that takes its Pods and leaves it. */
export const scaledNotDeleted: Rule = context => {
  const {milestone, scene} = context;
  const kind = milestone.object?.kind;
  if (!milestone.object || !milestone.gone || (kind !== 'deployments.apps' && kind !== 'statefulsets.apps'))
    return undefined;
  for (const workload of select(milestone.object, scene)) {
    const track = scene.world.track(workload.metadata.uid);
    const before = atStepStart(track, context);
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

/** The step wants Pods gone, or what owns them, and Pods were deleted; but their owner makes new ones. */
export const madeAgain: Rule = context => {
  const {milestone, scene, since} = context;
  if (!milestone.object || !(milestone.gone || wantsFewer(context))) return undefined;
  for (const pod of newPods(milestone.object, context)) {
    const owner = pod.metadata.ownerReferences?.[0];
    if (!owner || bornAt(pod, scene) <= since) continue;
    if (!wasOneDeleted(owner.uid, context)) continue;
    const {kind, name} = ownerOfOwner(owner, scene);
    return {
      code: 'made-again',
      facts: {owner: `${kind} ${name}`},
      object: refOf('pods', pod),
      path: 'metadata.ownerReferences',
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** A workload that is to be scaled down: deleting its Pods does not do that. */
function wantsFewer({mismatches}: RuleContext): boolean {
  const replicas = differing(mismatches, 'spec.replicas');
  return replicas !== undefined && Number(replicas.wanted) < Number(replicas.found);
}

type Owner = NonNullable<KubeObject['metadata']['ownerReferences']>[number];

/** The Pods that are to go, or those of the workloads that are. */
function newPods(selector: Selector, {scene}: RuleContext): KubeObject[] {
  if (selector.kind === 'pods') return select(selector, scene);
  const owners = select(selector, scene).filter(({metadata}) => metadata.deletionTimestamp === undefined);
  const sets = inLab({kind: 'replicasets.apps'}, scene).filter(set => isOwnedBy(set, owners));
  return inLab({kind: 'pods'}, scene).filter(pod => isOwnedBy(pod, [...owners, ...sets]));
}

const isOwnedBy = ({metadata}: KubeObject, owners: readonly KubeObject[]) =>
  metadata.ownerReferences?.some(({uid}) => owners.some(owner => owner.metadata.uid === uid)) === true;

/** Of a ReplicaSet its Deployment: that is what a learner made. */
function ownerOfOwner(owner: Owner, scene: Scene): Pick<Owner, 'kind' | 'name'> {
  const set = inLab({kind: 'replicasets.apps'}, scene).find(({metadata}) => metadata.uid === owner.uid);
  return set?.metadata.ownerReferences?.[0] ?? owner;
}

/** Not while the owner wanted another number: then it was the owner that took Pods away. */
function wasOneDeleted(owner: string, {scene, since}: RuleContext): boolean {
  const track = scene.world.track(owner);
  const replicas = replicasOf(track && lastSeen(track));
  return scene.world
    .tracks('pods')
    .some(({versions}) =>
      versions.some(
        ({at, object}, index) =>
          object === undefined &&
          at > since &&
          versions[index - 1]?.object?.metadata.ownerReferences?.some(({uid}) => uid === owner) &&
          replicasOf(track && versionAt(track, at)?.object) === replicas,
      ),
    );
}
