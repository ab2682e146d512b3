import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {gatherFacts} from '../../src/commands/gather-facts.ts';
import type {ProviderId} from '../../src/engine/ports.ts';
import {examine} from '../../src/preflight/examine.ts';
import type {Finding} from '../../src/preflight/finding.ts';
import {readRunning} from '../../src/sandbox/life/files.ts';
import {emptyDirectory} from '../helpers/directory.ts';
import {labs} from '../helpers/facts.ts';
import {kubectl} from '../helpers/k3d.ts';
import {type Place, sandboxPlace} from '../helpers/places.ts';
import {silentApp} from '../helpers/play.ts';
import {pathOf} from '../helpers/programs.ts';
import {giveRecentKubectl} from '../helpers/recent-kubectl.ts';

const cluster = 'doctor';
const defaultClass = 'storageclass.kubernetes.io/is-default-class';

describe('on a sandbox', () => {
  let place: Place;
  let kubeconfig: string;
  const run = (...args: string[]) => kubectl(kubeconfig, ...args);

  beforeAll(async () => {
    place = await sandboxPlace(cluster, 10);
    await giveRecentKubectl(place.learner);
    const provider = await place.app.provider('sandbox');
    await provider.create(cluster, {agents: 2, speed: 10}, () => {}, AbortSignal.timeout(60_000));
    const made = await provider.connect(cluster, AbortSignal.timeout(60_000));
    ({kubeconfig} = made);
    await made.close();
  });
  afterAll(() => place.leave());

  /** What is not well there, asked of it as this provider. */
  async function wrong(provider: ProviderId = 'sandbox', env: NodeJS.ProcessEnv = {}): Promise<Finding[]> {
    const own = {...place.learner.env, KUBECONFIG: kubeconfig, ...env};
    const app = silentApp(own, {
      provider,
      ...(provider === 'context' ? {context: 'sandbox-doctor'} : {cluster}),
    });
    const at = {provider, cluster: provider === 'context' ? 'sandbox-doctor' : cluster, asked: true};
    const findings = examine(await gatherFacts(app, at, await app.provider(provider), labs));
    return findings.filter(({state}) => state !== 'ok');
  }
  const codes = async (...as: Parameters<typeof wrong>) =>
    (await wrong(...as)).map(one => `${one.state} ${one.code}`);

  test('all is well', async () => {
    expect(await wrong()).toEqual([]);
  });

  test('no default class, and the command that is told makes one', async () => {
    await run('annotate', 'storageclass', 'local-path', `${defaultClass}-`);
    const found = await wrong();
    expect(found.map(({code}) => code)).toEqual(['class-none', 'labs-in-part']);
    expect(found[0]?.labs).toEqual(['pvc', 'statefulset', 'emptydir-statefulset', 'takeover', 'node-loss']);
    await mend(found[0]);
    expect(await wrong()).toEqual([]);
  });

  test('two default classes: the newest counts, and the command leaves it alone', async () => {
    // Of two made in the same second the first by name counts, so that it makes no difference how fast this was.
    const another = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {name: 'another', annotations: {[defaultClass]: 'true'}},
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
    };
    const file = join(emptyDirectory(), 'another.json');
    await writeFile(file, JSON.stringify(another));
    await run('apply', '-f', file);
    const found = await wrong();
    expect(found).toMatchObject([
      {state: 'warn', code: 'class-several', facts: {names: ['another', 'local-path'], taken: 'another'}},
    ]);
    await mend(found[0]);
    expect(await wrong()).toEqual([]);
    await run('annotate', 'storageclass', 'local-path', `${defaultClass}=true`);
    await run('delete', 'storageclass', 'another');
  });

  test('Pod Security that refuses directories of nodes in a lab’s namespace', async () => {
    const namespace = 'statelab-hostpath-pod';
    await run('create', 'namespace', namespace);
    onTestFinished(() => void run('delete', 'namespace', namespace));
    await run('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
    const found = await wrong();
    expect(found).toMatchObject([
      {code: 'host-path-refused', facts: {namespace, level: 'restricted'}, labs: ['hostpath-pod']},
      {code: 'labs-in-part', facts: {refused: ['hostpath-pod'], shortened: []}},
    ]);
    await mend(found[0]);
    expect(await wrong()).toEqual([]);
  });

  test('a node that is cordoned, and the command that is told takes it back', async () => {
    await run('cordon', 'sandbox-doctor-agent-0');
    const found = await wrong();
    expect(found).toMatchObject([{code: 'nodes-cordoned', facts: {nodes: ['sandbox-doctor-agent-0']}}]);
    await mend(found[0]);
    expect(await wrong()).toEqual([]);
  });

  test('a node that is switched off', async () => {
    const node = 'sandbox-doctor-agent-1';
    const sandbox = await (await place.app.provider('sandbox')).connect(cluster, AbortSignal.timeout(60_000));
    await sandbox.nodes.stop(node, AbortSignal.timeout(10_000));
    await run('wait', `node/${node}`, '--for=condition=Ready=Unknown', '--timeout=60s');
    expect(await wrong()).toMatchObject([
      {
        code: 'nodes-not-ready',
        state: 'warn',
        mend: [`statelab node start ${node} --provider sandbox --cluster doctor`],
      },
    ]);
    await sandbox.nodes.start(node, AbortSignal.timeout(10_000));
    await run('wait', `node/${node}`, '--for=condition=Ready', '--timeout=60s');
    await sandbox.close();
  });

  test('a kubectl that is too old', async () => {
    const PATH = pathOf({kubectl: 'kubectl-of-long-ago'});
    expect(await wrong('sandbox', {PATH})).toMatchObject([
      {code: 'kubectl-skew', state: 'stop', facts: {version: 'v1.20.0', minimum: 'v1.27'}},
    ]);
  });

  describe('as somebody else’s cluster', () => {
    test('nodes are not stopped, nothing is shared, and nobody agreed to more', async () => {
      const found = await wrong('context');
      expect(found.map(({code}) => code)).toEqual(
        expect.arrayContaining(['rights-unasked', 'shared-mount-missing', 'labs-in-part']),
      );
      expect(found.map(({state}) => state)).not.toContain('stop');
    });

    test('nothing is left there, and nothing is changed', async () => {
      const all = () =>
        run(
          'get',
          'namespaces,nodes,storageclasses,persistentvolumes,pods',
          '--all-namespaces',
          '-o',
          'name',
        );
      const before = await all();
      await wrong('context');
      expect(await all()).toBe(before);
    });
  });

  describe('that does not run', () => {
    test('is said, and cluster up starts it', async () => {
      await kill();
      expect(await wrong()).toMatchObject([{code: 'cluster-stopped', state: 'warn', fix: 'start-cluster'}]);
    });
    test('as a context it is unreachable', async () => {
      expect(await codes('context')).toEqual(['stop cluster-unreachable']);
    });
    test('--fix starts it', async () => {
      const {lines, exitCode} = await place.learner.run(
        ...['doctor', '--provider', 'sandbox', '--cluster', cluster, '--fix', '--json'],
      );
      expect(lines().filter(line => line.type === 'finding' && line.state !== 'ok')).toEqual([]);
      expect(exitCode).toBe(0);
    });
  });

  /** Types the command that is told. */
  async function mend(finding: Finding | undefined): Promise<void> {
    for (const command of finding?.mend ?? []) {
      const [program, option, file = '', ...args] = command.split(' ');
      expect([program, option, file]).toEqual(['kubectl', '--kubeconfig', kubeconfig]);
      await kubectl(file, ...args);
    }
  }

  async function kill(): Promise<void> {
    const directory = join(place.learner.home, 'statelab', 'data', 'sandboxes', cluster);
    const {pid} = (await readRunning(directory)) ?? {};
    if (pid === undefined) throw new Error('It does not run.');
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isAlive(pid), {timeout: 10_000}).toBe(false);
  }
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
