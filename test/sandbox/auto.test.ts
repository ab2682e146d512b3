import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {getLab, labIds} from '../../src/lab/catalog.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';
import {ordinaryCluster} from '../helpers/playing.ts';
import {expectNoDetour, said, saidOfLab} from '../helpers/verdicts.ts';

describe('run --auto on a sandbox, in Japanese and with MySQL', () => {
  const where = ['--provider', 'sandbox', '--lang', 'ja', '--database', 'mysql', '--speed', '4'];
  let learner: Learner;
  beforeAll(async () => {
    learner = await newLearner();
  });
  afterAll(async () => {
    await learner?.run('cluster', 'down', '--provider', 'sandbox', '--yes');
    await learner?.leave();
  });

  test.for(labIds())('%s is reached from its first step to its last', async id => {
    const ended = await learner.run('run', id, ...where, '--auto', '--json');
    expect(said(ended.lines())).toEqual(saidOfLab(getLab(id), ordinaryCluster));
    expectNoDetour(ended.lines());
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    expect(await learner.run('reset', id, '--yes', '--json')).toMatchObject({exitCode: 0, stderr: ''});
  });
});
