import {refOf} from '../../world/object.ts';
import {lastSeen} from '../../world/world.ts';
import type {Rule, RuleContext} from './rule.ts';

/** What the milestone needs was there in this step, and was deleted, which the step does not ask for. */
export const deletedMeanwhile: Rule = context => {
  const {milestone, mismatches, scene, since} = context;
  const {kind, name} = milestone.object ?? {};
  const isMissing = mismatches.some(({type}) => type === 'missing');
  if (!kind || name === undefined || !isMissing || asksForIt(context)) return undefined;
  for (const track of scene.world.tracks(kind)) {
    const end = track.versions.at(-1);
    const object = lastSeen(track);
    if (end?.object !== undefined || !object || (end?.at ?? 0) <= since) continue;
    const {metadata} = object;
    if (metadata.name !== name || (metadata.namespace ?? scene.namespace) !== scene.namespace) continue;
    return {
      code: 'deleted-meanwhile',
      facts: {at: end?.at ?? 0},
      object: refOf(kind, object),
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** Does a milestone of the step want one of that kind to go, or to be another? */
const asksForIt = ({attempt, milestone}: RuleContext) =>
  attempt.step.milestones.some(
    ({object, gone, replaced, moved}) =>
      object?.kind === milestone.object?.kind && (gone || replaced !== undefined || moved !== undefined),
  );
