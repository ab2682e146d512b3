import {execFileSync} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {imagesOf} from '../../src/engine/place.ts';
import type {KubeconfigContent} from '../../src/kube/kubeconfig.ts';
import {getLab} from '../../src/lab/catalog.ts';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, docker, k3d, kubectl, leftBehind} from '../helpers/k3d.ts';
import {type Ended, type Learner, newLearner} from '../helpers/learner.ts';

const lab = getLab('hostpath-deployment');
const namespace = `statelab-${lab.id}`;
const cluster = clusterName('trouble');
const worker = `k3d-${cluster}-agent-0`;

describe.skipIf(lacking.length > 0)(`on a real cluster${because}`, () => {
  let learner: Learner;
  /** Of the cluster's owner, past statelab. */
  let admin: string;
  const statelab = (...args: string[]) => learner.run(...args);
  const run = () => learner.start('run', lab.id, '--auto', '--json');
  const typed = (...args: string[]) => kubectl(admin, ...args);
  beforeAll(async () => {
    learner = await newLearner({STATELAB_CLUSTER: cluster});
    admin = join(learner.home, 'admin.yaml');
  });
  afterAll(async () => {
    await learner?.leave();
    await deleteCluster(cluster);
  });

  test('cluster up makes one, and list shows it', async () => {
    expect(await statelab('cluster', 'up', '--json')).toMatchObject({exitCode: 0, stderr: ''});
    await writeFile(admin, await k3d('kubeconfig', 'get', cluster));
    const list = await statelab('cluster', 'list', '--json');
    expect(list.lines()).toContainEqual(
      expect.objectContaining({type: 'cluster', cluster, ours: true, running: true}),
    );
  });

  describe('what is somebody else’s', () => {
    test('a namespace of the lab’s name is left alone', async () => {
      await typed('create', 'namespace', namespace);
      const ended = await statelab('run', lab.id, '--auto', '--json');
      expect(errorsOf(ended)).toEqual([
        expect.objectContaining({
          code: 'namespace-taken',
          message: expect.stringContaining(namespace),
          next: expect.stringContaining(`kubectl delete namespace ${namespace}`),
        }),
      ]);
      expect(ended.exitCode).toBe(1);
      await typed('delete', 'namespace', namespace);
    });

    test.each(['cluster up', 'run --auto'])('%s leaves a cluster of the name alone', async command => {
      const other = clusterName('other');
      const labels = ['app=k3d', `k3d.cluster=${other}`, 'k3d.role=server'];
      const options = [...labels.flatMap(label => ['--label', label]), '--name', `k3d-${other}-server-0`];
      const image = process.env.STATELAB_K3S_IMAGE ?? 'rancher/k3s:v1.35.4-k3s1';
      // It only has to run; statelab must not get as far as asking it anything.
      await docker('run', '--detach', ...options, '--entrypoint', 'sleep', image, '600');
      try {
        const ended = await statelab(...command.split(' '), '--cluster', other, '--json');
        expect(errorsOf(ended)).toEqual([
          expect.objectContaining({code: 'cluster-taken', message: expect.stringContaining(other)}),
        ]);
        expect(ended.exitCode).toBe(1);
      } finally {
        await docker('rm', '--force', `k3d-${other}-server-0`);
      }
    });

    test.each([
      ['anything', [], 'lab-needs', /nodes must be listed, and you have no right to that/],
      [
        'Pods',
        ['namespaces', 'nodes'],
        'rights-missing',
        new RegExp(`^The lab .* in the namespace "${namespace}": list pods,`),
      ],
    ])('whoever may not see %s is told in one sentence', async (what, resources, code, refused) => {
      const user = `no-${what.toLowerCase()}`;
      const file = await kubeconfigOf(user, resources);
      const options = ['--provider', 'context', '--context', user, '--yes', '--auto', '--json'];
      const own = await newLearner({KUBECONFIG: file});
      const ended = await own.run('run', lab.id, ...options);
      await own.leave();
      const [error, ...more] = errorsOf(ended);
      expect(more).toEqual([]);
      expect(error).toMatchObject({code, message: expect.stringMatching(refused)});
      expect(error?.type === 'error' && error.message).not.toContain('\n');
      expect(ended).toMatchObject({exitCode: 2, stderr: ''});
    });

    /** A kubeconfig of a service account that may look at and make some resources, and nothing else. */
    async function kubeconfigOf(user: string, resources: string[]): Promise<string> {
      await typed('create', 'serviceaccount', user);
      if (resources.length > 0) {
        const all = `--resource=${resources.join(',')}`;
        await typed('create', 'clusterrole', user, '--verb=get,list,watch,create', all);
        await typed(
          'create',
          'clusterrolebinding',
          user,
          '--clusterrole',
          user,
          `--serviceaccount=default:${user}`,
        );
      }
      const {clusters = []} = parse(await k3d('kubeconfig', 'get', cluster)) as KubeconfigContent;
      const content = {
        apiVersion: 'v1',
        kind: 'Config',
        clusters,
        contexts: [{name: user, context: {cluster: clusters[0]?.name, user}}],
        users: [{name: user, user: {token: await typed('create', 'token', user)}}],
      };
      const file = join(learner.home, `${user}.yaml`);
      await writeFile(file, stringify(content));
      return file;
    }
  });

  describe('a lab without a run', () => {
    test('check says what is missing, and that is no success', async () => {
      const ended = await statelab('check', lab.id);
      expect(ended.exitCode).toBe(1);
      expect(ended.stdout).toContain('Deployment mariadb');
    });

    test('status tells the step and the place', async () => {
      const ended = await statelab('status', '--json');
      expect(ended.lines()).toEqual([
        expect.objectContaining({type: 'status', lab: lab.id, step: 'apply', provider: 'k3d', cluster}),
        expect.objectContaining({type: 'path'}),
      ]);
    });

    test('hint goes from vague to exact', async () => {
      const hints = [await statelab('hint'), await statelab('hint'), await statelab('hint')];
      expect(hints.map(({exitCode}) => exitCode)).toEqual([0, 0, 0]);
      expect(new Set(hints.map(({stdout}) => stdout)).size).toBe(3);
      expect(hints.at(-1)?.stdout).toContain('kubectl apply -f mariadb.yaml');
      expect((await statelab('hint')).stdout).toBe(hints.at(-1)?.stdout);
    });

    test('env makes a terminal work with the lab', async () => {
      const {stdout} = await statelab('env', '--shell', 'sh');
      const script = `${stdout}\nkubectl apply --dry-run=server -f mariadb.yaml -o jsonpath={.metadata.namespace}`;
      const said = execFileSync('sh', ['-c', script], {env: learner.env, encoding: 'utf8'});
      expect(said).toBe(namespace);
    });

    test('solve does the step', async () => {
      await k3d('image', 'import', ...Object.values(imagesOf(lab, 'mariadb')), '--cluster', cluster);
      const ended = await statelab('solve', '--json');
      expect(ended).toMatchObject({exitCode: 0, stderr: ''});
      expect(ended.lines().at(-1)).toMatchObject({type: 'reached', step: 'apply', by: 'solve'});
    });

    test('check goes on from a look, and takes an answer', async () => {
      expect(await statelab('check')).toMatchObject({exitCode: 0});
      const ended = await statelab('check', '--answer', 'both-serve', '--json');
      expect(ended.exitCode).toBe(0);
      expect(ended.lines()).toContainEqual(
        expect.objectContaining({type: 'answered', right: false, wanted: 'second-gives-up'}),
      );
    });

    test('node list and node exec show the nodes', async () => {
      const {stdout} = await statelab('node', 'list', '--json');
      expect(stdout).toContain(worker);
      const listing = await statelab('node', 'exec', worker, '--', 'ls', `/var/lib/statelab/${lab.id}/mysql`);
      expect(listing).toMatchObject({exitCode: 0, stderr: ''});
      expect(listing.stdout).toContain('ibdata1');
      expect(await statelab('node', 'exec', worker, 'ls', '/none')).toMatchObject({exitCode: 2});
      const unknown = await statelab('node', 'exec', 'nobody', '--json', '--', 'true');
      expect(errorsOf(unknown)).toEqual([
        expect.objectContaining({code: 'node-unknown', next: expect.stringContaining(worker)}),
      ]);
    });
  });

  test('an API server that goes and comes back stops nobody', async () => {
    const running = run();
    const ready = await running.untilLine(
      line => line.type === 'milestone' && line.milestone === 'second-ready',
    );
    await docker('stop', '--timeout', '1', `k3d-${cluster}-server-0`);
    const blind = await running.untilLine(
      line => line.type === 'judged' && line.verdict === 'cannot-tell',
      ready,
    );
    expect(blind).toMatchObject({step: 'scale', diagnosis: {code: 'blind'}});
    await docker('start', `k3d-${cluster}-server-0`);
    const sees = await running.untilLine(
      line => line.type === 'judged' && line.verdict !== 'cannot-tell',
      blind,
    );
    await running.untilLine(line => line.type === 'reached' && line.step === 'scale', sees);
    running.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
  });

  test('reset leaves nothing, and forgets the progress', async () => {
    expect(await leftBehind(cluster, admin)).not.toEqual([]);
    await statelab('node', 'exec', worker, 'true');
    await typed('cordon', worker);
    expect(await statelab('reset', '--json')).toMatchObject({exitCode: 2});
    expect(await statelab('reset', '--yes', '--json')).toMatchObject({exitCode: 0, stderr: ''});
    expect(await leftBehind(cluster, admin)).toEqual([]);
    expect(await typed('get', 'node', worker, '-o', 'jsonpath={.spec.unschedulable}')).toBe('');
    expect((await statelab('status', lab.id, '--json')).lines()).toEqual([
      expect.objectContaining({type: 'status', reached: [], skipped: []}),
    ]);
  });

  test('a cluster that is deleted in the middle is lost, and the progress is not', async () => {
    const running = run();
    await running.untilLine(line => line.type === 'reached' && line.step === 'apply');
    await k3d('cluster', 'delete', cluster);
    const ended = await running.ended;
    expect(ended).toMatchObject({exitCode: 3, stderr: ''});
    expect(errorsOf(ended)).toEqual([expect.objectContaining({code: 'cluster-lost', exit: 3})]);
    expect(ended.lines().at(-1)).toMatchObject({type: 'end', exit: 3});
    const [status] = (await statelab('status', '--json')).lines();
    expect(status?.type === 'status' && status.reached).toContain('apply');
    const check = await statelab('check', '--json');
    expect(errorsOf(check)).toEqual([expect.objectContaining({code: 'cluster-missing'})]);
  });

  test('cluster down of what is not there says so', async () => {
    const ended = await statelab('cluster', 'down', '--yes', '--json');
    expect(errorsOf(ended)).toEqual([expect.objectContaining({code: 'cluster-missing'})]);
  });

  test('the learner’s kubeconfig is as it was', () => learner.expectKubeconfigUntouched());
});

const errorsOf = (ended: Ended) => ended.lines().filter(({type}) => type === 'error');
