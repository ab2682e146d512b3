import type {Milestone, WatchKind} from '../../lab/schema.ts';
import {type KubeObject, refOf} from '../../world/object.ts';
import {current, lastSeen, type Track} from '../../world/world.ts';
import {inLab, type Scene} from '../select.ts';
import {bornAt, type Rule, type RuleContext} from './rule.ts';

/**
 * What the milestone needs was there, and was deleted in this step, which does not ask for that; or something else that
 * labs build on.
 */
export const deletedMeanwhile: Rule = context => {
  const {milestone, mismatches, scene} = context;
  const {kind, name} = milestone.object ?? {};
  const isMissing = mismatches.some(({type}) => type === 'missing');
  const needed =
    kind && name !== undefined && isMissing && !asksForIt(context, kind)
      ? deletedOf(kind, context).find(track => {
          const deleted = lastSeen(track);
          return deleted?.metadata.name === name && !comesAgain(deleted, scene) && !isTold(deleted, context);
        })
      : undefined;
  const track = needed ?? groundwork(context);
  const object = track && lastSeen(track);
  if (!track || !object || (object.metadata.namespace ?? scene.namespace) !== scene.namespace)
    return undefined;
  return {
    code: 'deleted-meanwhile',
    facts: {at: track.versions.at(-1)?.at ?? 0},
    object: refOf(track.kind, object),
    verdict: 'off-track',
  };
};

/** Its controller is there, and makes another one in a moment. */
function comesAgain({metadata}: KubeObject, {world}: Scene): boolean {
  const [owner] = metadata.ownerReferences ?? [];
  const track = world.track(owner?.uid ?? '');
  return owner !== undefined && (track === undefined || current(track) !== undefined);
}

/** The step's own command deletes it, or what it belongs to, before it comes again in another shape. */
function isTold({metadata}: KubeObject, {attempt}: RuleContext): boolean {
  const names = new Set([metadata.name, ...(metadata.ownerReferences ?? []).map(({name}) => name)]);
  return (attempt.step.command ?? '')
    .split('\n')
    .map(line => line.split(/[\s/]+/))
    .some(
      ([program, verb, ...rest]) =>
        program === 'kubectl' && verb === 'delete' && rest.some(word => names.has(word)),
    );
}

/** All of a kind that were deleted in this step. */
const deletedOf = (kind: WatchKind, {scene, since}: RuleContext): Track[] =>
  scene.world
    .tracks(kind)
    .filter(track => current(track) === undefined && (track.versions.at(-1)?.at ?? 0) > since);

/** What Pods come from and are reached by: no step can do without, unless it takes things away itself. */
const kindsOfGroundwork = ['services', 'statefulsets.apps', 'deployments.apps', 'secrets'] as const;

/** What was there when the step began, was deleted, and has not come again under its name. */
function groundwork(context: RuleContext): Track | undefined {
  const {attempt, milestone, scene, since} = context;
  if (milestone.answer || attempt.step.milestones.some(takesAway)) return undefined;
  return kindsOfGroundwork
    .flatMap(kind => deletedOf(kind, context))
    .find(track => {
      const object = lastSeen(track);
      if (!object || bornAt(object, scene) > since || object.metadata.namespace !== scene.namespace)
        return false;
      if (isTold(object, context)) return false;
      return inLab({kind: track.kind, name: object.metadata.name}, scene).length === 0;
    });
}

/** Where a Pod is to be another, its workload makes it; where one is to go, the workload may have to. */
const takesAway = ({gone, replaced, object}: Milestone) =>
  gone === true || (replaced !== undefined && object?.kind !== 'pods');

/** Does a milestone of the step want one of that kind to go, or to be another? */
const asksForIt = ({attempt}: RuleContext, kind: WatchKind) =>
  attempt.step.milestones.some(
    ({object, gone, replaced, moved}) =>
      object?.kind === kind && (gone || replaced !== undefined || moved !== undefined),
  );
