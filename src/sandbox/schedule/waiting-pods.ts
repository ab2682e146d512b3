import type {SandboxClock} from '../clock.ts';
import type {Change} from '../registry/registry.ts';
import type {Pod} from './cluster-state.ts';
import type {Filter} from './filter.ts';

/** Pods without a node: those to be looked at, and those that were rejected until something changes that may help. */
export interface WaitingPods {
  /** Wants this Pod to be looked at. */
  add(pod: Pod): void;
  remove(uid: string): void;
  /** Was it rejected, and is it still waiting? */
  isRejected(uid: string): boolean;
  /** Takes out the most important Pod to be looked at; of equals the one that waits longest. */
  next(): Pod | undefined;
  /** Keeps it until a change may help against one of these filters (any change if there is none), or it has waited for long. */
  reject(pod: Pod, by: ReadonlySet<Filter>): void;
  /** Wants those rejected Pods to be looked at again that this change may help. */
  reconsider(change: Change): void;
  /** Wants those to be looked at again that nothing has helped for long. */
  reconsiderOldest(): void;
  readonly ready: number;
  readonly rejected: number;
}

/** How long a Pod may stay rejected without a second look, in milliseconds; kube-scheduler's default. */
export const longestRejection = 300_000;

export function waitingPods(clock: SandboxClock): WaitingPods {
  const ready = new Map<string, Pod>();
  const rejected = new Map<string, {pod: Pod; by: ReadonlySet<Filter>; since: number}>();
  const retry = (uid: string, pod: Pod) => {
    rejected.delete(uid);
    ready.set(uid, pod);
  };
  return {
    add: pod => retry(pod.metadata.uid, pod),
    remove(uid) {
      ready.delete(uid);
      rejected.delete(uid);
    },
    isRejected: uid => rejected.has(uid),
    next() {
      let first: Pod | undefined;
      for (const pod of ready.values()) if (!first || priorityOf(pod) > priorityOf(first)) first = pod;
      if (first) ready.delete(first.metadata.uid);
      return first;
    },
    reject: (pod, by) => void rejected.set(pod.metadata.uid, {pod, by, since: clock.now()}),
    reconsider(change) {
      for (const [uid, {pod, by}] of rejected)
        if (by.size === 0 || [...by].some(filter => filter.mayHelp(change, pod))) retry(uid, pod);
    },
    reconsiderOldest() {
      for (const [uid, {pod, since}] of rejected) if (clock.since(since) >= longestRejection) retry(uid, pod);
    },
    get ready() {
      return ready.size;
    },
    get rejected() {
      return rejected.size;
    },
  };
}

const priorityOf = ({spec}: Pod) => spec?.priority ?? 0;
