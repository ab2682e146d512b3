import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {imagesOf} from '../../src/engine/place.ts';
import {getLab} from '../../src/lab/catalog.ts';
import type {JsonLine} from '../../src/ui/json.ts';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, k3d, kubectl, leftBehind} from '../helpers/k3d.ts';
import {type Ended, type Learner, newLearner} from '../helpers/learner.ts';
import {ordinaryCluster} from '../helpers/playing.ts';
import {expectNoDetour, said, saidOfLab} from '../helpers/verdicts.ts';

const lab = getLab('hostpath-deployment');
const steps = lab.steps.map(({id}) => id);

describe.skipIf(lacking.length > 0)(`run --auto${because}`, () => {
  describe('on a cluster that statelab makes', () => {
    const cluster = clusterName('auto');
    const where = ['--provider', 'k3d'];
    let learner: Learner;
    beforeAll(async () => {
      learner = await newLearner({STATELAB_CLUSTER: cluster}); // a reset forgets where the lab was run
    });
    afterAll(async () => {
      await deleteCluster(cluster);
      await learner?.leave();
    });

    test('reaches every step', async () => {
      const ended = await learner.run('run', lab.id, ...where, '--auto', '--json');
      expect(ended).toMatchObject({exitCode: 0, stderr: ''});
      expect(said(ended.lines())).toEqual(saidOfLab(lab, ordinaryCluster)); // word for word as on a sandbox
      expectNoDetour(ended.lines());
      expect(ended.lines().at(-1)).toMatchObject({type: 'end', reached: 9, skipped: 0, total: 9, exit: 0});
      expectReadyBeforeCrash(ended);
    });

    test('has nothing left to do the next time, and says so in Japanese', async () => {
      const ended = await learner.run('run', lab.id, '--auto', '--lang', 'ja');
      expect(ended.exitCode).toBe(0);
      expect(ended.stdout).toContain(lab.texts.ja.title);
      expectPlainText(ended);
    });

    test('speaks Japanese without control codes where there is no terminal, and stops when told to', async () => {
      expect(await learner.run('reset', lab.id, '--yes', '--lang', 'ja')).toMatchObject({exitCode: 0});
      const running = learner.start('run', lab.id, ...where, '--auto', '--lang', 'ja');
      await running.until(line => line.includes('$ kubectl exec deploy/mariadb'));
      running.kill('SIGINT');
      const ended = await running.ended;
      expect(ended.exitCode).toBe(130);
      expect(ended.stdout).toContain(lab.texts.ja.steps.apply?.title);
      expectPlainText(ended);
    });

    test('leaves the learner’s kubeconfig as it was', () => learner.expectKubeconfigUntouched());
  });

  describe('on one node of somebody else', () => {
    const cluster = clusterName('one');
    let learner: Learner;
    let kubeconfig: string;
    let before: string;
    const nodes = () =>
      kubectl(kubeconfig, 'get', 'nodes', '-o', 'jsonpath={range .items[*]}{.metadata.labels}{.spec}{end}');
    beforeAll(async () => {
      const image = ['--image', process.env.STATELAB_K3S_IMAGE ?? 'rancher/k3s:v1.35.4-k3s1'];
      const quiet = ['--kubeconfig-update-default=false', '--timeout', '180s'];
      await k3d('cluster', 'create', cluster, '--no-lb', ...image, ...quiet);
      await k3d('image', 'import', ...Object.values(imagesOf(lab, 'mariadb')), '--cluster', cluster);
      learner = await newLearner();
      kubeconfig = join(learner.home, 'handed-out.yaml');
      await writeFile(kubeconfig, await k3d('kubeconfig', 'get', cluster));
      before = await nodes();
    });
    afterAll(async () => {
      await deleteCluster(cluster);
      await learner?.leave();
    });
    const statelab = async (...args: string[]) => {
      const {env} = learner;
      env.KUBECONFIG = kubeconfig;
      return learner.run(...args);
    };
    const context = ['--provider', 'context', '--context', `k3d-${cluster}`];

    test('asks before it uses a context', async () => {
      const ended = await statelab('run', lab.id, ...context, '--auto', '--json');
      expect(ended.exitCode).toBe(2);
      expect(ended.lines()).toContainEqual(expect.objectContaining({type: 'error', code: 'needs-answer'}));
      expect(await leftBehind(cluster, kubeconfig)).toEqual([]);
    });

    test('skips what needs a second node, with the reason, and reaches the rest', async () => {
      const ended = await statelab('run', lab.id, ...context, '--yes', '--auto', '--json');
      expect(ended).toMatchObject({exitCode: 0, stderr: ''});
      expect(reached(ended)).toEqual(steps.filter(step => step !== 'two-nodes'));
      expect(ended.lines().filter(({type}) => type === 'skipped')).toEqual([
        expect.objectContaining({step: 'two-nodes', why: 'needs-workers'}),
      ]);
      expect(ended.lines().at(-1)).toMatchObject({
        ...{type: 'end', reached: 8, skipped: 1, total: 9, exit: 0},
        next: 'static-pv',
      });
      expectReadyBeforeCrash(ended);
    });

    test('leaves nothing when it is reset', async () => {
      expect(await leftBehind(cluster, kubeconfig)).not.toEqual([]);
      expect(await statelab('reset', lab.id, '--yes', '--json')).toMatchObject({exitCode: 0, stderr: ''});
      expect(await leftBehind(cluster, kubeconfig)).toEqual([]);
      expect(await nodes()).toBe(before);
    });
  });
});

const reached = (ended: Ended) => ended.lines().flatMap(line => (line.type === 'reached' ? line.step : []));

/** The lab's point: the second Pod is Ready, for half a minute, and only then does it crash. */
function expectReadyBeforeCrash(ended: Ended): void {
  const lines = ended.lines();
  const second = lines.find(line => line.type === 'milestone' && line.milestone === 'second-ready');
  const name = second?.type === 'milestone' ? second.object : undefined;
  const states = lines.filter((line): line is Extract<JsonLine, {type: 'pod'}> => {
    return line.type === 'pod' && line.step === 'scale' && line.pod === name;
  });
  const ready = states.findIndex(state => state.ready);
  const crashed = states.findIndex(({exitCode}) => exitCode === 1);
  expect(ready).toBeGreaterThanOrEqual(0);
  expect(crashed).toBeGreaterThan(ready);
}

/** No escape sequence, no carriage return: fit for a log file. */
const expectPlainText = ({stdout, stderr}: Ended) =>
  expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
