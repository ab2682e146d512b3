import type {WatchKind} from '../../lab/schema.ts';
import {type KubeObject, refOf} from '../../world/object.ts';
import {objectShortfall, satisfying} from '../condition.ts';
import {nearest} from '../nearest.ts';
import {inLab, select} from '../select.ts';
import {atStepStart, bornAt, isOldEnough, type Rule, type RuleContext} from './rule.ts';

/** What the step asks for is there, but under another name. */
export const wrongName: Rule = context => {
  const {milestone, mismatches, scene, attempt, since} = context;
  const {object: selector} = milestone;
  const condition = milestone.match ?? milestone.seen;
  if (selector?.name === undefined || condition === undefined || !isNamedByLearner(selector.kind))
    return undefined;
  const missing = mismatches.some(({type}) => type === 'missing');
  const {name, ...rest} = selector;
  const meant = new Set(attempt.step.milestones.map(({object}) => object?.name));
  const strangers = inLab({kind: selector.kind}, scene).filter(
    object => object.metadata.name !== name && !meant.has(object.metadata.name) && !isMadeForIt(object, name),
  );
  const wasSo = ({metadata: {uid}}: KubeObject) => {
    const before = atStepStart(scene.world.track(uid), context);
    const others = select(rest, scene, since);
    return before !== undefined && objectShortfall(condition, before, others, rest, scene).length === 0;
  };
  const fitting = satisfying(condition, rest, scene).filter(object => !wasSo(object));
  const stranger = missing
    ? insteadOf(name, strangers, context)
    : strangers.find(object => fitting.includes(object));
  if (!stranger) return undefined;
  return {
    code: 'wrong-name',
    facts: {found: stranger.metadata.name, wanted: name},
    object: refOf(selector.kind, stranger),
    path: 'metadata.name',
    verdict: 'off-track',
  };
};

/** The cluster itself has nodes and classes, and tells of events. */
const isNamedByLearner = (kind: WatchKind) =>
  !['nodes', 'events', 'storageclasses.storage.k8s.io'].includes(kind);

/** So long may pass between two objects of one manifest. In milliseconds. */
const manifestTime = 1_000;

/** The one that the learner made in this step, in the place of the one that was asked for. */
function insteadOf(name: string, strangers: KubeObject[], context: RuleContext): KubeObject | undefined {
  const {scene, since, milestone} = context;
  // A StatefulSet makes it, so the learner has not.
  const isNumbered = inLab({kind: 'statefulsets.apps', name: unnumbered(name)}, scene).length > 0;
  if (milestone.object?.kind === 'pods' && isNumbered) return undefined;
  const made = strangers.filter(object => bornAt(object, scene) > since);
  const near = nearest(
    name,
    made.map(({metadata}) => metadata.name),
  );
  const stranger = made.find(({metadata}) => metadata.name === near) ?? made.at(-1);
  return stranger && isOldEnough(stranger, manifestTime, context) ? stranger : undefined;
}

/** Controllers name what they make, and a StatefulSet numbers its claims. */
const isMadeForIt = ({metadata}: KubeObject, name: string) =>
  (metadata.ownerReferences ?? []).length > 0 ||
  metadata.annotations?.['pv.kubernetes.io/provisioned-by'] !== undefined ||
  unnumbered(metadata.name) === unnumbered(name);
const unnumbered = (name: string) => name.replace(/-\d+$/, '');
