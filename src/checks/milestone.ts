import type {Milestone, Selector} from '../lab/schema.ts';
import {type KubeObject, kindNames, type Millis} from '../world/object.ts';
import {brokenNever, satisfying, shortfall} from './condition.ts';
import type {Mismatch} from './judgement.ts';
import {aboutObject, aboutOf, recall, type Scene, select} from './select.ts';
import {isOpen, lasting, type Span, spansOf} from './spans.ts';

/** What a milestone says of the world alone, from a time on. Probes and answers are judged in looks.ts. */
export interface MilestoneHistory {
  /** When it was so, oldest first, what it `holds` already taken into account. */
  spans: Span[];
  /** The object it was so of, for remembering, at a time. */
  objectAt: (at: Millis) => KubeObject | undefined;
  /** What is not so now. */
  mismatches: () => Mismatch[];
  /** When time alone will have made it so, if nothing changes. */
  dueAt?: Millis;
}

type StateMilestone = Milestone & {object: Selector};

/** Undefined for milestones that are not about the state of objects (kept, probe, answer). */
export function historyOf(
  milestone: Milestone,
  scene: Scene,
  since: Millis,
  now: Millis,
): MilestoneHistory | undefined {
  if (!hasState(milestone)) return undefined;
  const at = matcher(milestone, scene, now);
  const {holds} = milestone;
  const unbroken = holds !== undefined;
  const raw = spansOf(scene.world, milestone.object.kind, since, time => at.isSo(time), {unbroken});
  if (holds === undefined) return {...at, spans: raw};
  const open = raw.at(-1);
  return {
    ...at,
    spans: lasting(raw, holds, now),
    mismatches: () =>
      isOpen(open) && open ? tooShort(milestone, scene, holds, now - open.from) : at.mismatches(),
    ...(isOpen(open) && open ? {dueAt: open.from + holds * 1000} : {}),
  };
}

const hasState = (milestone: Milestone): milestone is StateMilestone =>
  milestone.object !== undefined && milestone.probe === undefined && milestone.answer === undefined;

interface Matcher {
  isSo: (at: Millis) => boolean;
  objectAt: (at: Millis) => KubeObject | undefined;
  mismatches: () => Mismatch[];
}

function matcher(milestone: StateMilestone, scene: Scene, now: Millis): Matcher {
  if (milestone.gone) return goneMatcher(milestone.object, scene);
  if (milestone.replaced) return replacedMatcher(milestone.object, milestone.replaced, scene);
  if (milestone.moved) return movedMatcher(milestone.object, milestone.moved, scene);
  return conditionMatcher(milestone, scene, now);
}

function conditionMatcher(milestone: StateMilestone, scene: Scene, now: Millis): Matcher {
  const {object: selector, count, never} = milestone;
  const condition = milestone.match ?? milestone.seen ?? {};
  const clean = (object: KubeObject, at: Millis) =>
    never === undefined || brokenNever(never, selector, object, at, scene) === undefined;
  const fitting = (at: Millis) =>
    satisfying(condition, selector, scene, at).filter(object => clean(object, at));
  return {
    isSo: at => (count === undefined ? fitting(at).length > 0 : fitting(at).length === count),
    objectAt: at => fitting(at)[0],
    mismatches: () => {
      const found = satisfying(condition, selector, scene);
      const [broken] = found.flatMap(object => {
        const at = never === undefined ? undefined : brokenNever(never, selector, object, now, scene);
        return at === undefined
          ? []
          : [
              {
                type: 'never',
                about: aboutObject(selector.kind, object),
                expression: never ?? '',
                at,
              } as const,
            ];
      });
      if (broken) return [broken];
      if (count !== undefined && found.length > 0)
        return [{type: 'count', about: aboutOf(selector, scene), wanted: count, found: found.length}];
      return shortfall(condition, selector, scene);
    },
  };
}

function goneMatcher(selector: Selector, scene: Scene): Matcher {
  return {
    isSo: at => select(selector, scene, at).length === 0,
    objectAt: () => undefined,
    mismatches: () =>
      select(selector, scene).map(object => ({
        type: 'still-there',
        about: aboutObject(selector.kind, object),
        terminating: object.metadata.deletionTimestamp !== undefined,
      })),
  };
}

function replacedMatcher(selector: Selector, name: string, scene: Scene): Matcher {
  const before = recall(name, scene);
  const fitting = (at?: Millis) =>
    select(selector, scene, at).filter(
      ({metadata}) => metadata.name === before?.metadata.name && metadata.uid !== before?.metadata.uid,
    );
  return {
    isSo: at => fitting(at).length > 0,
    objectAt: at => fitting(at)[0],
    mismatches: () => {
      const same = select(selector, scene).find(({metadata}) => metadata.uid === before?.metadata.uid);
      return [
        same
          ? {type: 'same-object', about: aboutObject(selector.kind, same)}
          : {
              type: 'missing',
              about: {...aboutOf(selector, scene), ...(before ? {name: before.metadata.name} : {})},
            },
      ];
    },
  };
}

function movedMatcher(selector: Selector, name: string, scene: Scene): Matcher {
  const node = nodeOf(recall(name, scene));
  const running = (at?: Millis) => select(selector, scene, at).filter(pod => nodeOf(pod) !== undefined);
  return {
    isSo: at => running(at).some(pod => nodeOf(pod) !== node),
    objectAt: at => running(at).find(pod => nodeOf(pod) !== node),
    mismatches: () => {
      const [pod] = running();
      return [
        pod
          ? {type: 'same-node', about: aboutObject(selector.kind, pod), node: node ?? ''}
          : {type: 'missing', about: aboutOf(selector, scene)},
      ];
    },
  };
}

/** The node a Pod was put on. */
export const nodeOf = (pod: KubeObject | undefined): string | undefined =>
  (pod?.spec as {nodeName?: string} | undefined)?.nodeName;

function tooShort(milestone: StateMilestone, scene: Scene, wanted: number, lasted: Millis): Mismatch[] {
  return [
    {type: 'too-short', about: aboutOf(milestone.object, scene), wanted, found: Math.floor(lasted / 1000)},
  ];
}

/** Kinds that controllers make: while one is missing it is the cluster's turn, not the learner's. */
const madeByControllers = new Set(['Pod', 'ReplicaSet', 'EndpointSlice', 'Event']);

/** Whose turn is it: the learner's (the spec is not as asked) or the cluster's (the status is not there yet)? */
export function turnOf(milestone: Milestone, mismatches: readonly Mismatch[]): 'learner' | 'cluster' {
  if (milestone.waits) return milestone.waits;
  const learners = mismatches.some(mismatch => {
    if (mismatch.type === 'field' || mismatch.type === 'expression')
      return !/(^|\.|\()status\b/.test(mismatch.path);
    if (mismatch.type === 'missing') return !madeByControllers.has(kindNames[mismatch.about.kind]);
    if (mismatch.type === 'still-there') return !mismatch.terminating;
    return ['never', 'same-object', 'port-closed', 'no-answer-yet', 'not-looked-yet'].includes(mismatch.type);
  });
  return learners ? 'learner' : 'cluster';
}
