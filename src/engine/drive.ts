import {ExpectedError} from '../errors.ts';
import type {WatchTarget} from '../world/change.ts';
import type {Millis} from '../world/object.ts';
import type {ChangeRecorder} from './change-recorder.ts';
import type {Emit} from './events.ts';
import {followChanges} from './follow-changes.ts';
import type {Input, Output} from './input-output.ts';
import type {Journal} from './journal.ts';
import type {LookResult} from './looker.ts';
import type {Clock, Cluster, LookRequest} from './ports.ts';
import type {Run} from './run.ts';

export interface DriveOptions {
  run: Run;
  watched: readonly WatchTarget[];
  cluster: Cluster;
  clock: Clock;
  /** Undefined where another process writes the journal: then this one only looks. */
  journal: Journal | undefined;
  /** Says what of what happens to the cluster itself goes into the journal. */
  recorder?: ChangeRecorder;
  emit: Emit;
  signal: AbortSignal;
}

/** What is sent to a run, and that a command is about to be run, by the learner or in their place. */
export type Sent = Input | {type: 'acting'; command: string};

/** A run that is connected to a cluster. */
export interface Drive {
  send(input: Sent): void;
  /** Resolves when every step is reached or skipped; rejects when the run cannot go on. */
  readonly finished: Promise<void>;
  /** Stops watching; resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** How long the API may be out of sight before the provider is asked whether the cluster is still there. */
const askProviderAfter: Millis = 5_000;

/** Connects a run to the world: inputs from watches, looks and the clock; outputs to the renderer and the journal. */
export function drive(options: DriveOptions): Drive {
  const {run, watched, cluster, clock, journal, recorder, emit, signal} = options;
  const stopping = new AbortController();
  const alive = AbortSignal.any([signal, stopping.signal]);
  const {promise: finished, resolve, reject} = Promise.withResolvers<void>();
  finished.catch(() => {}); // whoever awaits it gets the error; nobody has to
  let looks = new AbortController();
  let alarm: {at: Millis; off: AbortController} | undefined;
  let doubts: AbortController | undefined;
  let dead = false;

  const fail = (error: unknown) => {
    dead = true;
    reject(error);
  };

  const send = (input: Sent) => {
    if (dead || alive.aborted) return;
    if (input.type === 'acting') return following?.typed(input.command);
    if (input.type === 'acted') following?.ran();
    try {
      const outputs = run.handle(input, clock.now());
      // Before anything is told: whoever heard of it must find it in the journal, also after a kill.
      const entries = outputs.flatMap(output => (output.type === 'record' ? [output.entry] : []));
      if (entries.length > 0) journal?.append(...entries);
      for (const output of outputs) carryOut(output);
      doubt();
      if (!run.step) resolve();
    } catch (error) {
      fail(error);
    }
  };

  const carryOut = (output: Output) => {
    if (output.type === 'event') emit(output.event);
    if (output.type === 'wake') wake(output.at);
    if (output.type === 'look')
      void look(output.key, output.requests, AbortSignal.any([alive, looks.signal]));
    if (output.type === 'cancel-looks') {
      looks.abort();
      looks = new AbortController();
    }
  };

  /** The earliest time asked for counts; when it comes the run is asked again, and may name another. */
  const wake = (at: Millis) => {
    if (alarm && alarm.at <= at) return;
    alarm?.off.abort();
    const off = new AbortController();
    alarm = {at, off};
    const ring = () => {
      alarm = undefined;
      send({type: 'time'});
    };
    clock.at(at, ring, AbortSignal.any([alive, off.signal]));
  };

  const look = async (key: string, requests: LookRequest[], until: AbortSignal) => {
    const result: LookResult = await Promise.all(
      requests.map(request => cluster.probes.look(request, until)),
    ).then(
      answers => ({key, answers}),
      (cause: unknown) => ({key, cause}),
    );
    if (!until.aborted) send({type: 'looked', ...result});
  };

  /** Out of sight for some time: has the cluster been deleted? */
  const doubt = () => {
    const blind = run.world.blind;
    if (!blind) {
      doubts?.abort();
      doubts = undefined;
      return;
    }
    if (doubts) return;
    doubts = new AbortController();
    const until = AbortSignal.any([alive, doubts.signal]);
    const ask = async () => {
      const there = await cluster.exists(until).catch(() => true);
      if (until.aborted) return;
      if (there) return clock.at(clock.now() + askProviderAfter, () => void ask(), until);
      const detail = blind.cause instanceof Error ? blind.cause.message : String(blind.cause);
      fail(
        new ExpectedError('cluster-lost', {cluster: cluster.name, detail}, {exitCode: 3, cause: blind.cause}),
      );
    };
    clock.at(blind.since + askProviderAfter, () => void ask(), until);
  };

  // Where another process writes the journal, that one sees it too.
  const following =
    journal && recorder
      ? followChanges(recorder, {cluster, clock, record: entry => journal.append(entry)}, alive)
      : undefined;
  const followed = following?.ended.catch(fail);
  const watching = cluster.watch.watch(watched, change => send({type: 'world', change}), alive).catch(fail);
  signal.addEventListener('abort', () => reject(signal.reason), {once: true});

  return {
    send,
    finished,
    async stop() {
      stopping.abort();
      await Promise.all([watching, followed]);
    },
  };
}
