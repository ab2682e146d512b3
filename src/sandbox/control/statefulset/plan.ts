import type {SandboxClock} from '../../clock.ts';
import {isAvailable, isFinished, isReady, isTerminating, type Pod} from '../workload/pods.ts';
import {ordinalOf, revisionOf, type StatefulSet} from './identity.ts';

/** One thing to do now. */
export type Step =
  | {do: 'create'; ordinal: number; revision: string}
  /** It ended and will not come back by itself: its ordinal gets a new Pod when it is gone. */
  | {do: 'clear away'; pod: Pod}
  | {do: 'scale down'; pod: Pod}
  | {do: 'update'; pod: Pod};

export interface Situation {
  set: StatefulSet;
  pods: readonly Pod[];
  /** The names of the ControllerRevisions of the Pods before the update, and of the set's template now. */
  currentRevision: string;
  updateRevision: string;
}

/**
 * What to do for a StatefulSet now: first make the missing Pods, from the lowest ordinal up, then remove what is too
 * many, from the highest down, then replace those of an older template, from the highest down. With OrderedReady it is
 * one Pod at a time, each when the one before is there; Parallel makes and removes at once. A Pod that is still there
 * is never replaced: at most one of each name runs.
 */
export function plan(situation: Situation, clock: SandboxClock): Step[] {
  const {set} = situation;
  const made = setRight(situation, clock);
  const inOrder = set.spec?.podManagementPolicy !== 'Parallel';
  if (inOrder && made.waits) return made.steps;
  const removed = scaleDown(situation, inOrder);
  const steps = [...made.steps, ...removed.steps];
  if (removed.waits || made.steps.length > 0 || set.spec?.updateStrategy?.type === 'OnDelete') return steps;
  return [...steps, ...update(situation)];
}

/** The ordinals that should be there, from the lowest. */
function ordinals({spec}: StatefulSet): number[] {
  const start = spec?.ordinals?.start ?? 0;
  return Array.from({length: spec?.replicas ?? 1}, (_, index) => start + index);
}

/** The Pods beyond the replicas that are asked for, from the highest ordinal. */
export function condemned({set, pods}: Pick<Situation, 'set' | 'pods'>): Pod[] {
  const wanted = new Set(ordinals(set));
  return pods
    .filter(pod => !wanted.has(ordinalOf(set, pod) ?? -1))
    .toSorted((one, other) => (ordinalOf(set, other) ?? 0) - (ordinalOf(set, one) ?? 0));
}

/** Steps, and whether what comes after has to wait. */
interface Part {
  steps: Step[];
  waits: boolean;
}

function setRight({set, pods, currentRevision, updateRevision}: Situation, clock: SandboxClock): Part {
  const inOrder = set.spec?.podManagementPolicy !== 'Parallel';
  const minReadySeconds = set.spec?.minReadySeconds ?? 0;
  const partition = updatedFrom(set);
  const steps: Step[] = [];
  for (const ordinal of ordinals(set)) {
    const pod = pods.find(pod => ordinalOf(set, pod) === ordinal);
    const revision = ordinal < partition ? currentRevision : updateRevision;
    if (!pod) steps.push({do: 'create', ordinal, revision});
    else if (isFinished(pod) && !isTerminating(pod)) steps.push({do: 'clear away', pod});
    const fine = pod && !isTerminating(pod) && isRunning(pod) && isAvailable(pod, minReadySeconds, clock);
    if (inOrder && !fine) return {steps, waits: true};
  }
  return {steps, waits: false};
}

/** The lowest ordinal that a rolling update touches. */
function updatedFrom({spec}: StatefulSet): number {
  if (spec?.updateStrategy?.type === 'OnDelete') return 0;
  return (spec?.ordinals?.start ?? 0) + (spec?.updateStrategy?.rollingUpdate?.partition ?? 0);
}

const isRunning = ({status}: Pod) => status?.phase === 'Running';
const isHealthy = (pod: Pod) => isRunning(pod) && isReady(pod) && !isTerminating(pod);

/** In order, a Pod goes only while all others are healthy, unless it is itself the one that is not. */
function scaleDown(situation: Situation, inOrder: boolean): Part {
  const {set, pods} = situation;
  const surplus = condemned(situation);
  if (!inOrder) {
    const going = surplus.filter(pod => !isTerminating(pod));
    return {steps: going.map(pod => ({do: 'scale down', pod})), waits: false};
  }
  const [pod] = surplus;
  if (!pod) return {steps: [], waits: false};
  const unhealthy = pods.filter(one => !isHealthy(one));
  const lowest = unhealthy.toSorted(
    (one, other) => (ordinalOf(set, one) ?? 0) - (ordinalOf(set, other) ?? 0),
  )[0];
  const mayGo = !isTerminating(pod) && (isHealthy(pod) || pod === lowest);
  return {steps: mayGo ? [{do: 'scale down', pod}] : [], waits: true};
}

function update({set, pods, updateRevision}: Situation): Step[] {
  const from = updatedFrom(set);
  for (const ordinal of ordinals(set).toReversed()) {
    if (ordinal < from) break;
    const pod = pods.find(pod => ordinalOf(set, pod) === ordinal);
    if (pod && revisionOf(pod) !== updateRevision && !isTerminating(pod)) return [{do: 'update', pod}];
    if (!pod || !isHealthy(pod)) return [];
  }
  return [];
}
