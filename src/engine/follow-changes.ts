import {isReady} from '../world/node.ts';
import type {KubeObject} from '../world/object.ts';
import type {ChangeRecorder} from './change-recorder.ts';
import {ifAllowed} from './if-allowed.ts';
import type {JournalEntry} from './journal.ts';
import type {Clock, Cluster} from './ports.ts';

export interface Following {
  /** A command of the learner's, or one that statelab runs in their place, is about to run. */
  typed(command: string): void;
  /** It has run: it may have stopped a machine. */
  ran(): void;
  /** Resolves when the signal has aborted; rejects when what was seen cannot be written down. */
  readonly ended: Promise<void>;
}

/** Watches all nodes and PersistentVolumes, as far as that is allowed, and hands on what is to be remembered. */
export function followChanges(
  recorder: ChangeRecorder,
  {cluster, clock, record}: {cluster: Cluster; clock: Clock; record: (entry: JournalEntry) => void},
  signal: AbortSignal,
): Following {
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const hand = (entries: readonly JournalEntry[]) => {
    for (const entry of entries) record(entry);
  };

  const askMachines = async () => {
    if (!cluster.nodeOperations) return;
    // Who cannot be asked now is asked again when the next thing happens.
    const machines = await cluster.nodes.list(until).catch(() => []);
    if (!until.aborted) hand(recorder.machines(machines, clock.now()));
  };
  const guarded = (work: Promise<unknown>) => work.catch(error => failed.abort({error}));

  const silent = new Set<string>();
  const watch = (kind: 'nodes' | 'persistentvolumes') =>
    ifAllowed(
      cluster.watch.watch(
        [{kind}],
        change => {
          hand(recorder.apply(change));
          if (kind === 'nodes' && change.type === 'put' && turned(change.object, silent))
            void guarded(askMachines());
        },
        until,
      ),
    );

  const watching = async () => {
    await askMachines();
    await Promise.all([watch('nodes'), watch('persistentvolumes')]);
  };
  let switched = false;
  return {
    typed(command) {
      recorder.typed(command);
      switched = switchesMachines.test(command);
    },
    ran() {
      if (switched) void guarded(askMachines());
      switched = false;
    },
    ended: guarded(watching()).then(() => {
      if (failed.signal.aborted) throw (failed.signal.reason as {error: unknown}).error;
    }),
  };
}

/** A machine that is stopped by other means shows when its node becomes silent. */
const switchesMachines = /\bnode (?:stop|start)\b/;

/** Has the node become silent, or been heard of again? */
function turned(node: KubeObject, silent: Set<string>): boolean {
  const {name} = node.metadata;
  if (isReady(node)) return silent.delete(name);
  return !silent.has(name) && silent.add(name).has(name);
}
