import {setImmediate as turn} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {type Drive, drive} from '../../../src/engine/drive.ts';
import type {Emit, EngineEvent} from '../../../src/engine/events.ts';
import type {Journal, JournalEntry} from '../../../src/engine/journal.ts';
import type {Cluster, LookAnswer, LookRequest} from '../../../src/engine/ports.ts';
import {progressOf} from '../../../src/engine/progress.ts';
import {Run} from '../../../src/engine/run.ts';
import {ExpectedError} from '../../../src/errors.ts';
import type {Lab} from '../../../src/lab/lab.ts';
import type {WorldChange} from '../../../src/world/change.ts';
import type {StepInput} from '../../helpers/judging.ts';
import {labOf} from '../../helpers/labs.ts';
import {deployment, namespace, pod} from '../../helpers/objects.ts';
import {blind, deleted, emptyStart, everyTarget, type Happening, put, sighted} from '../../helpers/script.ts';
import {ManualClock} from '../kube/manual-clock.ts';

const db = {kind: 'deployments.apps', name: 'db'} as const;
const pods = {kind: 'pods', labels: 'app=db'} as const;
const scale: StepInput = {
  id: 'scale',
  type: 'do',
  milestones: [{id: 'two', object: db, match: {spec: {replicas: 2}}}],
};
const probed: StepInput = {
  id: 'probed',
  type: 'do',
  milestones: [
    {id: 'there', object: pods, match: {}, remember: 'one'},
    {id: 'answers', probe: {look: {exec: {object: pods, command: ['true']}}, matches: '^1$'}},
  ],
};

interface Asked {
  request: LookRequest;
  signal: AbortSignal;
  answer: (text: string) => void;
  fail: (cause: unknown) => void;
}

interface Ports {
  exists?: (signal: AbortSignal) => Promise<boolean>;
  append?: Journal['append'];
  watch?: Cluster['watch']['watch'];
  emit?: Emit;
}

/** A run that is driven by a clock, a watch and probes that the test holds in its hands. */
function driven(lab: Lab, {exists, append, watch, emit}: Ports = {}) {
  const clock = new ManualClock();
  const outside = new AbortController();
  const events: EngineEvent[] = [];
  const entries: JournalEntry[] = [];
  const asked: Asked[] = [];
  let tell: (change: WorldChange) => void = () => {};
  let watching: AbortSignal | undefined;
  const never = () => Promise.reject(new Error('not expected'));
  const cluster = {
    name: 'test-cluster',
    exists: exists ?? never,
    watch: {
      watch:
        watch ??
        ((_targets, told, signal) => {
          tell = told;
          watching = signal;
          return new Promise(resolve => signal.addEventListener('abort', () => resolve()));
        }),
    },
    probes: {
      look: (request, signal) =>
        new Promise<LookAnswer>((resolve, reject) => {
          asked.push({
            request,
            signal,
            answer: text => resolve({object: 'a', ok: true, text}),
            fail: reject,
          });
        }),
    },
  } as Partial<Cluster> as Cluster;
  const journal: Journal = {entries, append: append ?? ((...more) => void entries.push(...more)), close() {}};
  const run = new Run({
    lab,
    namespace,
    watched: everyTarget,
    variables: {},
    capabilities: {
      workers: 1,
      hostPath: true,
      nodeOperations: true,
      nodeChanges: true,
      persistentVolumes: true,
    },
    progress: progressOf(lab, []),
  });
  const driving: Drive = drive({
    run,
    watched: everyTarget,
    cluster,
    clock,
    journal,
    emit: emit ?? (event => void events.push(event)),
    signal: outside.signal,
  });
  return {
    clock,
    outside,
    events,
    entries,
    asked,
    run,
    driving,
    get watching() {
      return watching;
    },
    happen: (...happenings: Happening[]) => {
      for (const happening of happenings) tell({...happening, at: clock.now()} as WorldChange);
    },
    start: () => {
      for (const change of emptyStart()) tell(change);
    },
  };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof ExpectedError ? error.code : error),
  );

describe('a run that is driven', () => {
  test('tells, writes down, and has finished when every step is reached', async () => {
    const play = driven(labOf([scale]));
    play.start();
    play.happen(put(deployment('db', 2)));
    await play.driving.finished;
    expect(play.events.map(({type}) => type)).toEqual(['step', 'judged', 'milestone', 'reached']);
    expect(play.entries.map(({type}) => type)).toEqual(['step-opened', 'milestone', 'step-reached']);
  });
  test('stops watching when it is stopped, and hears nothing any more', async () => {
    const play = driven(labOf([scale]));
    play.start();
    await play.driving.stop();
    expect(play.watching?.aborted).toBe(true);
    play.happen(put(deployment('db', 2)));
    expect(play.run.step?.id).toBe('scale');
  });
  test('ends with the reason of the signal', async () => {
    const play = driven(labOf([scale]));
    play.outside.abort(new ExpectedError('interrupted', {}));
    expect(await codeOf(play.driving.finished)).toBe('interrupted');
  });
  test('ends when the API refuses to show a kind', async () => {
    const refuse = new ExpectedError('forbidden', {verb: 'list', resource: 'pods', detail: 'no'});
    const play = driven(labOf([scale]), {watch: () => Promise.reject(refuse)});
    expect(await codeOf(play.driving.finished)).toBe('forbidden');
  });
  test('a journal that cannot be written stops it: nothing goes on that would be lost', async () => {
    const full = new ExpectedError('journal-unwritable', {file: 'x', detail: 'ENOSPC'});
    const play = driven(labOf([scale]), {
      append: () => {
        throw full;
      },
    });
    play.start();
    expect(await codeOf(play.driving.finished)).toBe('journal-unwritable');
    play.happen(put(deployment('db', 2)));
    expect(play.events).toEqual([]);
  });
  test('what was told has been written down: whoever kills it after a word loses nothing of that word', () => {
    const order: string[] = [];
    const play = driven(labOf([scale]), {
      append: (...entries) => void order.push(...entries.map(({type}) => `written: ${type}`)),
      emit: ({type}) => void order.push(`told: ${type}`),
    });
    play.start();
    play.happen(put(deployment('db', 2)));
    expect(order).toEqual([
      'written: step-opened',
      'told: step',
      'told: judged',
      'written: milestone',
      'written: step-reached',
      'told: milestone',
      'told: reached',
    ]);
  });
});

describe('time', () => {
  const holds: StepInput = {
    id: 'holds',
    type: 'do',
    milestones: [{id: 'gone', object: pods, gone: true, holds: 10}],
  };
  test('wakes the run when time alone makes it so', async () => {
    const play = driven(labOf([holds]));
    play.start();
    play.clock.advance(9_999);
    expect(play.run.step?.id).toBe('holds');
    play.clock.advance(1);
    await play.driving.finished;
  });
  test('one alarm at a time, the earliest that was asked for', () => {
    const play = driven(labOf([{...holds, milestones: [{id: 'gone', object: pods, gone: true, holds: 10}]}]));
    play.start();
    play.clock.advance(3_000);
    play.happen(put(pod('a')));
    play.clock.advance(1_000);
    play.happen(deleted(pod('a')));
    expect(play.clock.pending).toEqual([6_000]);
    play.clock.advance(6_000);
    expect([play.run.step?.id, play.clock.pending]).toEqual(['holds', [4_000]]);
    play.clock.advance(4_000);
    expect(play.run.step).toBeUndefined();
  });
  test('none after it was stopped', async () => {
    const play = driven(labOf([holds]));
    play.start();
    await play.driving.stop();
    expect(play.clock.pending).toEqual([]);
  });
});

describe('looks', () => {
  test('are asked of the cluster, and their answers judged', async () => {
    const play = driven(labOf([probed]));
    play.start();
    play.happen(put(pod('a')));
    expect(play.asked[0]?.request).toMatchObject({type: 'exec', pod: {name: 'a'}});
    play.asked[0]?.answer('0');
    await turn();
    expect(play.run.judgement?.mismatches).toMatchObject([{type: 'output', found: '0'}]);
    play.clock.advance(300);
    play.asked[1]?.answer('1');
    await play.driving.finished;
  });
  test('that are of no use any more are cancelled, and their late answers not heard', async () => {
    const play = driven(labOf([probed, {...probed, id: 'again'}]));
    play.start();
    play.happen(put(pod('a')));
    play.driving.send({type: 'skip'});
    expect(play.asked[0]?.signal.aborted).toBe(true);
    expect(play.asked[1]?.signal.aborted).toBe(false);
    play.asked[0]?.answer('1');
    await turn();
    expect(play.run.step?.id).toBe('again');
    play.asked[1]?.answer('1');
    await play.driving.finished;
  });
  test('that cannot be asked are not the learner’s fault', async () => {
    const play = driven(labOf([probed]));
    play.start();
    play.happen(put(pod('a')));
    for (const [index, pause] of [300, 500, 0].entries()) {
      play.asked[index]?.fail(new Error('refused'));
      await turn();
      play.clock.advance(pause);
    }
    expect(play.run.judgement?.verdict).toBe('cannot-tell');
  });
  test('all are cancelled when it is stopped', async () => {
    const play = driven(labOf([probed]));
    play.start();
    play.happen(put(pod('a')));
    await play.driving.stop();
    expect(play.asked[0]?.signal.aborted).toBe(true);
  });
});

describe('a cluster out of sight', () => {
  test('is doubted after five seconds; deleted means lost', async () => {
    let exists = 0;
    const play = driven(labOf([scale]), {exists: async () => ++exists > 1});
    play.start();
    play.happen(blind('pods', new Error('connection refused')));
    play.clock.advance(4_999);
    expect(exists).toBe(0);
    play.clock.advance(1);
    const error = await play.driving.finished.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'cluster-lost',
      facts: {cluster: 'test-cluster', detail: 'connection refused'},
      exitCode: 3,
    });
  });
  test('that is still there is asked about again, as long as it is out of sight', async () => {
    let exists = 0;
    const play = driven(labOf([scale]), {exists: async () => ++exists > 0});
    play.start();
    play.happen(blind('pods'));
    play.clock.advance(5_000);
    await turn();
    play.clock.advance(5_000);
    await turn();
    expect(exists).toBe(2);
    play.happen(sighted('pods'));
    play.clock.advance(60_000);
    expect(exists).toBe(2);
  });
  test('nobody is asked when it comes back in time', () => {
    const play = driven(labOf([scale]));
    play.start();
    play.happen(blind('pods'));
    play.clock.advance(4_000);
    play.happen(sighted('pods'));
    play.clock.advance(60_000);
    expect(play.run.judgement?.verdict).toBe('off-track');
  });
  test('a provider that cannot tell proves nothing', async () => {
    const play = driven(labOf([scale]), {exists: () => Promise.reject(new Error('docker?'))});
    play.start();
    play.happen(blind('pods'));
    play.clock.advance(5_000);
    await turn();
    play.happen(sighted('pods'), put(deployment('db', 2)));
    await play.driving.finished;
  });
});
