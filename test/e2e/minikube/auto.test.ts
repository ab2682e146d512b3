import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {getLab} from '../../../src/lab/catalog.ts';
import {clusterName} from '../../contract/real-cluster.ts';
import {type Learner, newLearner} from '../../helpers/learner.ts';
import {because, lacking, minikubeOf, standardClass} from '../../helpers/minikube.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';
import {expectNoDetour, said, saidOfLab} from '../../helpers/verdicts.ts';

const minikubeCluster = {...ordinaryCluster, defaultClass: standardClass};

describe.skipIf(lacking.length > 0)(`run --auto on minikube${because}`, () => {
  const cluster = clusterName('mkauto');
  const where = ['--provider', 'minikube', '--cluster', cluster];
  let learner: Learner;
  beforeAll(async () => {
    learner = await newLearner(minikubeOf(process.env));
  });
  afterAll(async () => {
    await learner?.run('cluster', 'down', ...where, '--yes');
    await learner?.leave();
  });

  test.each([
    ['pvc', ['claim-waits skipped: needs-binding-mode', 'volume-node skipped: needs-volumes']],
    // Drained to another node the database is empty; on what the nodes share its rows are there.
    ['takeover', ['predict-drain skipped: needs-volumes', 'drain: rows-missing', 'takeover: rows']],
  ])('%s: every step is reached, or left out for the reason that the lab gives', async (id, mostOfAll) => {
    const ended = await learner.run('run', id, ...where, '--auto', '--json', '--yes');
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    expect(said(ended.lines())).toEqual(saidOfLab(getLab(id), minikubeCluster));
    expect(said(ended.lines())).toEqual(expect.arrayContaining(mostOfAll));
    expectNoDetour(ended.lines());
    expect(await learner.run('reset', id, '--yes', '--json')).toMatchObject({exitCode: 0, stderr: ''});
  });

  test('the learner’s kubeconfig is as it was', () => learner.expectKubeconfigUntouched());
});
