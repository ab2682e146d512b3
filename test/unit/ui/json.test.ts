import {describe, expect, test} from 'vitest';
import type {Report, Task} from '../../../src/commands/view.ts';
import type {BundleInfo} from '../../../src/engine/bundle.ts';
import type {EngineEvent} from '../../../src/engine/events.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {jsonLine, jsonLineSchema} from '../../../src/ui/json.ts';
import {jsonReport, jsonTask} from '../../../src/ui/json-view.ts';
import type {StepInput} from '../../helpers/judging.ts';
import {labOf} from '../../helpers/labs.ts';
import {deployment, exited, pod, replicaSet} from '../../helpers/objects.ts';
import {Play} from '../../helpers/playing.ts';
import {blind, deleted, listed, put} from '../../helpers/script.ts';

const at = Date.UTC(2026, 0, 1);
const parsed = (event: EngineEvent | Record<string, unknown>) =>
  jsonLineSchema.parse(JSON.parse(jsonLine(event)));

test('times are ISO 8601, wherever they stand', () => {
  const countdown = {because: 'x', since: at, until: at + 1000};
  const diagnosis = {code: 'blind', facts: {since: at}} as const;
  const line = jsonLine({
    type: 'judged',
    at,
    lab: 'l',
    step: 's',
    verdict: 'converging',
    mismatches: [],
    countdown,
    diagnosis,
  });
  expect(JSON.parse(line)).toMatchObject({
    v: 1,
    at: '2026-01-01T00:00:00.000Z',
    countdown: {since: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:01.000Z'},
    diagnosis: {facts: {since: '2026-01-01T00:00:00.000Z'}},
  });
  expect(line).not.toContain('\n');
});

describe('a run', () => {
  const db = {kind: 'deployments.apps', name: 'db'} as const;
  const pods = {kind: 'pods', labels: 'app=db'} as const;
  const steps: StepInput[] = [
    {id: 'predict', type: 'predict', options: ['a', 'b'], right: 'a'},
    {
      id: 'scale',
      type: 'do',
      command: 'kubectl scale',
      timeline: 'app=db',
      hints: 1,
      milestones: [
        {id: 'scaled', object: db, seen: {spec: {replicas: 2}}},
        {
          id: 'ready',
          object: pods,
          seen: {status: {phase: 'Running'}},
          remember: 'one',
          expect: {within: 5, because: 'x'},
        },
        {id: 'gone', object: {kind: 'pods', is: '$one'}, seen: 'self.status.phase == "Failed"'},
      ],
    },
    {id: 'wide', type: 'do', needs: {workers: 9}},
    {
      id: 'find',
      type: 'find',
      milestones: [{id: 'file', answer: {from: {files: {node: 'n', path: '/'}}, find: '(.+)'}}],
    },
    {id: 'hold', type: 'do', milestones: [{id: 'held', object: pods, gone: true, holds: 5}]},
  ];
  const play = Play.started(labOf(steps));
  play.at(1, {type: 'answered', answer: 'b'});
  play.at(2, {type: 'hint'}, put(deployment('db', 1)), put(replicaSet('db-1', 'db', 1)));
  play.at(3, put(replicaSet('db-1', 'db', 2)), put(replicaSet('db-1', 'db', 1)));
  play.at(4, blind('pods'), listed('pods'));
  play.at(5, put(deployment('db', 2)), put(pod('a', {node: 'n1', container: exited(1)})), deleted(pod('a')));
  play.at(6, put(pod('b', {container: exited(1)})), put(pod('b', {phase: 'Failed'})));
  play.at(7, {type: 'answered', answer: 'x'});
  play.at(8, {type: 'looked', key: play.look?.key ?? '', answers: [{object: 'n', ok: true, text: 'x'}]});
  play.at(9, deleted(pod('b')));
  play.at(15, {type: 'time'});

  test('tells events of every kind that a run tells', () => {
    expect(play.run.step).toBeUndefined();
    expect([...new Set(play.events.map(({type}) => type))].sort()).toEqual([
      'answered',
      'compared',
      'hint',
      'judged',
      'milestone',
      'pod',
      'reached',
      'rewound',
      'skipped',
      'step',
    ]);
  });
  test.each(play.events.map(event => [event.type, event] as const))('%s', (type, event) => {
    expect(parsed({...event, at: at + event.at})).toMatchObject({type});
  });
});

describe('what the commands tell besides', () => {
  const lab = labOf([{id: 's', type: 'do'}]);
  const events: EngineEvent[] = [
    {type: 'lab', at, lab: 'l', total: 1, provider: 'k3d', cluster: 'c', namespace: 'n', resumedAt: 's'},
    {type: 'outage', at, lab: 'l', step: 's', seconds: 14.2},
    {type: 'ran', at, lab: 'l', step: 's', command: 'kubectl', exitCode: 0, output: ''},
    {type: 'note', at, lab: 'l', note: {code: 'fast-forward', step: 's', because: 'asked'}},
    {type: 'end', at, lab: 'l', reached: 1, skipped: 0, total: 1, exit: 0},
    {type: 'end', at, lab: 'l', reached: 1, skipped: 0, total: 1, exit: 0, next: 'm'},
  ];
  test.each(events)('$type', event => {
    expect(parsed(event)).toMatchObject({type: event.type});
  });
  const cluster = {provider: 'k3d', name: 'c', ours: true, running: true, nodes: []} as const;
  const bundle: BundleInfo = {
    ...{
      statelab: '0.1.0',
      made: '2026-01-01T00:00:00Z',
      architecture: 'amd64',
      platform: 'linux',
      database: 'mariadb',
    },
    ...{k3sImage: 'i', images: ['i'], programs: {k3d: 'v5'}, package: 'statelab.tgz', size: 7},
  };
  const reports: Report[] = [
    {type: 'listed-lab', lab, reached: 0, total: 1, after: [lab]},
    {type: 'path', done: 1, total: 9, minutes: 200, next: lab},
    {type: 'path', done: 9, total: 9},
    {type: 'lab-done', path: {done: 9, total: 9}},
    {type: 'lab-chosen', lab, because: 'next'},
    {type: 'lab-presupposes', lab, after: [lab]},
    {type: 'restore-unseen', what: 'nodes'},
    {
      type: 'restore-refused',
      undo: {type: 'uncordon', node: 'n'},
      error: new ExpectedError('interrupted', {}),
    },
    {type: 'status', reached: [], skipped: [], total: 0},
    {type: 'status', lab, step: 's', reached: [], skipped: [], total: 1, provider: 'k3d', cluster: 'c'},
    {type: 'cluster', cluster: {...cluster, nodes: []}, current: true, kubeconfig: '/k'},
    {type: 'cluster-unfinished', cluster: 'lab', doing: 'create'},
    {type: 'bundle', file: 'f', bundle},
    {type: 'bundle-saved', file: 'f', bundle},
    {type: 'bundle-loaded', file: 'f', bundle, put: ['k3d v5']},
    {type: 'no-clusters'},
    {type: 'cluster-up', cluster: 'c', kubeconfig: '/k'},
    {type: 'cluster-down', cluster: 'c'},
    {type: 'node', node: {name: 'n', role: 'agent', running: true}},
    {type: 'output', text: 'x'},
    {type: 'env', variables: {A: 'b'}, text: 'export A=b'},
    {type: 'lab-sound', lab},
    {type: 'no-hints'},
    {type: 'reset-done'},
  ];
  test.each(reports)('$type', report => {
    for (const line of jsonReport(report, 'en')) parsed({at, ...line});
  });
  test('a task: that it started, what it says, how it ended', async () => {
    const lines: Record<string, unknown>[] = [];
    const task: Task = {code: 'find-cluster'};
    const write = (line: Record<string, unknown>) => void lines.push(line);
    const seven = await jsonTask(task, write, async tell => {
      tell('x');
      return 7;
    });
    expect(seven).toBe(7);
    await expect(jsonTask(task, write, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    for (const line of lines) parsed({at, ...line});
    expect(lines.map(({state}) => state)).toEqual(['started', 'line', 'done', 'started', 'failed']);
  });
});
