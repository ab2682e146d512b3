import type {Milestone} from '../../lab/schema.ts';
import type {KubeObject, Millis} from '../../world/object.ts';
import {type Track, versionAt} from '../../world/world.ts';
import type {Attempt} from '../attempt.ts';
import type {Diagnosis} from '../diagnosis.ts';
import type {Mismatch} from '../judgement.ts';
import type {LookState} from '../looks.ts';
import {hasLabels, inLab, type Scene} from '../select.ts';

export interface RuleContext {
  attempt: Attempt;
  /** The one that is waited for. */
  milestone: Milestone;
  mismatches: readonly Mismatch[];
  scene: Scene;
  since: Millis;
  now: Millis;
  expectedEnd: Millis | undefined;
  look: LookState | 'wanted' | undefined;
  /** A rule that only applies after some time adds when to ask again. */
  later: Millis[];
}

/** From what was seen to a cause with its proof; undefined when the rule does not apply. */
export type Rule = (context: RuleContext) => Diagnosis | undefined;

/** The Pods that a milestone is about: those it selects, those of the workload or Service it selects, else the lab's. */
export function podsOf({milestone, scene}: RuleContext): KubeObject[] {
  const selector = milestone.object;
  const all = inLab({kind: 'pods'}, scene).filter(pod => !isHelper(pod));
  if (!selector) return all;
  if (selector.kind === 'pods') {
    const ofName = all.filter(({metadata}) => metadata.name === selector.name);
    return (ofName.length > 0 ? ofName : all).filter(
      pod => selector.labels === undefined || hasLabels(pod.metadata.labels, selector.labels),
    );
  }
  const owned = inLab(selector, scene).flatMap(owner => all.filter(pod => matchesSelector(pod, owner)));
  return owned.length > 0 ? owned : all;
}

/** Those of them that are to stay: how one on its way out ends is no news. */
export const stayingPodsOf = (context: RuleContext): KubeObject[] =>
  podsOf(context).filter(pod => !isLeaving(pod));

export const isLeaving = ({metadata}: KubeObject): boolean => metadata.deletionTimestamp !== undefined;

/** Pods that statelab itself makes to look at a node. */
export const isHelper = (pod: KubeObject) => pod.metadata.labels?.['statelab.dev/helper'] !== undefined;

function matchesSelector(pod: KubeObject, owner: KubeObject): boolean {
  const {selector} = (owner.spec ?? {}) as {
    selector?: {matchLabels?: Record<string, string>} & Record<string, unknown>;
  };
  const labels = selector?.matchLabels ?? selector ?? {};
  const entries = Object.entries(labels);
  return entries.length > 0 && entries.every(([key, value]) => pod.metadata.labels?.[key] === value);
}

interface Ended {
  exitCode: number;
  reason?: string;
  message?: string;
}

export interface ContainerStatus {
  name: string;
  image: string;
  restartCount: number;
  ready?: boolean;
  state?: {
    waiting?: {reason?: string; message?: string};
    running?: {startedAt?: string};
    terminated?: Ended;
  };
  lastState?: {terminated?: Ended};
}

export const containersOf = (pod: KubeObject): ContainerStatus[] => {
  const status = (pod.status ?? {}) as {
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
};

/** The newest event of a reason about an object. */
export function eventAbout(object: KubeObject, reason: string, scene: Scene): string | undefined {
  const events = inLab({kind: 'events'}, scene).filter(event => {
    const {involvedObject, reason: found} = event as unknown as {
      involvedObject?: {uid?: string};
      reason?: string;
    };
    return involvedObject?.uid === object.metadata.uid && found === reason;
  });
  const newest = events.at(-1) as {message?: string} | undefined;
  return newest?.message;
}

/**
 * When it was made. What was there already when the watch began says so itself, in whole seconds. What was made in the
 * second in which a step began counts as older than the step: making it has often ended the step before, and nobody
 * types so fast. Where the cluster's clock is ahead of ours nothing is known, and it counts as old.
 */
export function bornAt({metadata: {uid, creationTimestamp = ''}}: KubeObject, {world}: Scene): Millis {
  const track = world.track(uid);
  const seen = track?.versions[0]?.at ?? 0;
  if (!track?.found) return seen;
  const created = Date.parse(creationTimestamp);
  return created <= seen ? created : 0;
}

/** What it was when the step began; of what is older, and was only found later, what it was then. */
export function atStepStart(track: Track | undefined, {scene, since}: RuleContext): KubeObject | undefined {
  const known = track && versionAt(track, since);
  const first = track?.versions[0]?.object;
  if (known || !track?.found || !first) return known?.object;
  return bornAt(first, scene) <= since ? first : undefined;
}

/** Has it been there long enough that what is not so by now is not merely on its way? Else it is asked again then. */
export function isOldEnough(object: KubeObject, patience: Millis, {scene, now, later}: RuleContext): boolean {
  const until = bornAt(object, scene) + patience;
  if (now < until) later.push(until);
  return now >= until;
}

/** Controllers and the scheduler may need a second look; until then it is no news. In milliseconds. */
export const controllersTime = 3_000;

export const replicasOf = (workload: KubeObject | undefined): number | undefined =>
  (workload?.spec as {replicas?: number} | undefined)?.replicas;
