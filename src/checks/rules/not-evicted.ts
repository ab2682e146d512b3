import {refOf} from '../../world/object.ts';
import {current, lastSeen} from '../../world/world.ts';
import {nodeOf} from '../milestone.ts';
import {inLab, recall, type Scene} from '../select.ts';
import type {Rule, RuleContext} from './rule.ts';

/** The step wants a Pod evicted, and somebody deleted it: it is gone as well, but nobody asked whether it may go. */
export const notEvicted: Rule = context => {
  const {scene, since} = context;
  const name = evictedOf(context);
  if (name === undefined || isPlaced(name, context)) return undefined;
  for (const track of scene.world.tracks('pods')) {
    const end = track.versions.at(-1);
    const pod = lastSeen(track);
    if (end?.object !== undefined || !pod || (end?.at ?? 0) < since) continue;
    if (pod.metadata.name !== name || pod.metadata.namespace !== scene.namespace) continue;
    const {conditions = []} = (pod.status ?? {}) as {conditions?: {type: string; status: string}[]};
    if (conditions.some(({type, status}) => type === 'DisruptionTarget' && status === 'True')) continue;
    // With what owned it, which is then the news.
    if ((pod.metadata.ownerReferences ?? []).some(({uid}) => isGone(uid, scene))) continue;
    return {
      code: 'not-evicted',
      facts: {pod: name},
      object: refOf('pods', pod),
      path: 'status.conditions[type=DisruptionTarget]',
      verdict: 'off-track',
    };
  }
  return undefined;
};

const isGone = (uid: string, {world}: Scene) => {
  const track = world.track(uid);
  return track !== undefined && current(track) === undefined;
};

/** A successor that has a node can be evicted as well. */
const isPlaced = (name: string, {scene}: RuleContext) =>
  inLab({kind: 'pods', name}, scene).some(pod => nodeOf(pod) !== undefined);

/** The name of the Pod that the milestone wants evicted. */
function evictedOf({milestone: {object, match, seen}, scene}: RuleContext): string | undefined {
  if (object?.kind !== 'pods' || !asksEviction({match, seen})) return undefined;
  return object.name ?? (object.is === undefined ? undefined : recall(object.is, scene)?.metadata.name);
}

/** Does the condition speak of what the API marks an evicted Pod with? */
export const asksEviction = ({match, seen}: Pick<RuleContext['milestone'], 'match' | 'seen'>): boolean =>
  JSON.stringify(match ?? seen ?? '').includes('EvictionByEvictionAPI');
