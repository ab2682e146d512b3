import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {JournalEntry} from '../../src/engine/journal.ts';
import {getLab} from '../../src/lab/catalog.ts';
import type {JsonLine} from '../../src/ui/json.ts';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, k3d} from '../helpers/k3d.ts';
import {type Ended, type Learner, newLearner, type Running} from '../helpers/learner.ts';

const lab = getLab('hostpath-deployment');
const cluster = clusterName('resume');

describe.skipIf(lacking.length > 0)(`a run that was killed${because}`, () => {
  let learner: Learner;
  let running: Running;
  beforeAll(async () => {
    learner = await newLearner({STATELAB_CLUSTER: cluster});
  });
  afterAll(async () => {
    await learner?.leave();
    await deleteCluster(cluster);
  });

  const start = () => learner.start('run', lab.id, '--auto', '--json');
  const isSecondReady = milestone('second-ready');
  const killOutright = async () => {
    running.kill('SIGKILL');
    expect((await running.ended).exitCode).toBeUndefined();
  };
  const journal = (): JournalEntry[] =>
    readFileSync(join(learner.home, 'statelab/data/journals', `${lab.id}.jsonl`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));

  test('is fast-forwarded when the cluster was deleted meanwhile', async () => {
    running = start();
    await running.untilLine(isSecondReady);
    await killOutright();
    await k3d('cluster', 'delete', cluster);

    running = start();
    const note = await running.untilLine(({type}) => type === 'note');
    expect(note).toMatchObject({note: {code: 'fast-forward', step: 'scale', because: 'cluster-changed'}});
    const opened = await running.untilLine(({type}) => type === 'step', note);
    expect(opened).toMatchObject({step: 'scale'});
    await running.untilLine(isSecondReady, opened);
  });

  test('goes on at its step, with the milestones that were seen', async () => {
    const seen = journal().findLast(isSecondReady);
    expect(seen).toMatchObject({step: 'scale', remember: {name: 'second'}});
    await killOutright();
    expect(journal().findLast(isSecondReady)).toEqual(seen);

    running = start();
    const opened = await running.untilLine(({type}) => type === 'step');
    expect(opened).toMatchObject({step: 'scale'});
    const judged = await running.untilLine(({type}) => type === 'judged', opened);
    expect(judged).not.toMatchObject({waitingFor: 'scaled'});
    expect(judged).not.toMatchObject({waitingFor: 'second-ready'});
  });

  describe('while it goes on', () => {
    const errors = (ended: Ended) => ended.lines().filter(({type}) => type === 'error');

    test('a second run is refused', async () => {
      const ended = await learner.run('run', lab.id, '--auto', '--json');
      expect(ended.exitCode).toBe(1);
      expect(errors(ended)).toEqual([
        expect.objectContaining({
          code: 'journal-locked',
          message: expect.stringContaining(`process ${running.pid}`),
        }),
      ]);
    });

    test('check says where it is', async () => {
      const ended = await learner.run('check', '--json');
      expect(errors(ended)).toEqual([]);
      expect(ended.lines()).toContainEqual(expect.objectContaining({type: 'judged', step: 'scale'}));
      expect(ended.exitCode).toBe(1);
    });

    test('hint gives hints', async () => {
      const ended = await learner.run('hint', '--json');
      expect(ended.lines()).toEqual([expect.objectContaining({type: 'hint', step: 'scale', hint: 1, of: 3})]);
    });
  });

  test('reaches the step where it was', async () => {
    const reached = await running.untilLine(({type}) => type === 'reached');
    expect(reached).toMatchObject({step: 'scale', by: 'solve'});
    await running.untilLine(line => line.type === 'reached' && line.step === 'locked-file');
    running.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.exitCode).toBe(130);
    const lines = ended.lines();
    expect(lines[0]).toMatchObject({type: 'lab', resumedAt: 'scale'});
    expect(lines.filter(isSecondReady)).toEqual([]);
    expect(lines.at(-1)).toMatchObject({type: 'end', reached: 5, exit: 130});
    const afterReset = journal().slice(journal().findLastIndex(({type}) => type === 'reset'));
    expect(afterReset.filter(isSecondReady)).toHaveLength(1);
  });

  test('leaves the learner’s kubeconfig as it was', () => learner.expectKubeconfigUntouched());
});

function milestone(id: string) {
  return (line: JsonLine | JournalEntry) => line.type === 'milestone' && line.milestone === id;
}
