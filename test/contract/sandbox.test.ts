import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {realClock} from '../../src/clock.ts';
import {sandboxProvider} from '../../src/cluster/sandbox/index.ts';
import type {Cluster, Provider} from '../../src/engine/ports.ts';
import {readRunning} from '../../src/sandbox/life/files.ts';
import {clusterContract, localPath} from './cluster-contract.ts';
import {kubectl, patience, temporary} from './real-cluster.ts';

const quiet = () => {};
const name = 'contract';

describe('sandbox', () => {
  let root: string;
  let provider: Provider;
  let cluster: Cluster;
  const directory = () => join(root, name);
  const [server, agent] = [`sandbox-${name}-server-0`, `sandbox-${name}-agent-0`];
  beforeAll(async () => {
    root = await temporary('sandboxes');
    const stateDirectory = await temporary('state');
    const streams = {stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough()};
    const options = {env: process.env, clock: realClock, stateDirectory, streams, root};
    provider = sandboxProvider(options);
    await provider.check(patience());
    await provider.create(name, {agents: 1}, quiet, patience());
    cluster = await provider.connect(name, patience());
  });
  afterAll(async () => {
    await cluster?.close();
    if ((await provider.list(patience())).length > 0) await provider.remove(name, patience());
  });

  clusterContract(async () => ({
    cluster,
    worker: agent,
    writeOnWorker: async path => {
      const shared = path.startsWith(`${cluster.sharedMount}/`);
      const file = shared
        ? join(directory(), 'shared', relative(cluster.sharedMount ?? '', path))
        : join(directory(), 'nodes', agent, path);
      await mkdir(dirname(file), {recursive: true});
      await writeFile(file, '');
    },
    restartServer: async () => {
      await killed(directory());
      await (await provider.connect(name, patience())).close();
    },
    can: {
      nodeOperations: true,
      nodeChanges: true,
      persistentVolumes: true,
      sharedDirectory: '/lab-shared',
      defaultClass: localPath,
    },
    end: async () => {},
  }));

  describe('a sandbox', () => {
    test('is listed with its nodes', async () => {
      expect(await provider.list(patience())).toEqual([
        {
          provider: 'sandbox',
          name,
          ours: true,
          running: true,
          speed: 1,
          nodes: [
            {name: server, role: 'server', running: true},
            {name: agent, role: 'agent', running: true},
          ],
        },
      ]);
    });
    test('has a kubeconfig for its owner alone', async () => {
      expect((await stat(cluster.kubeconfig)).mode & 0o777).toBe(0o600);
    });
    test('is served by the same process when it is to be made again', async () => {
      const before = await readRunning(directory());
      await provider.create(name, {agents: 1}, quiet, patience());
      expect(await readRunning(directory())).toEqual(before);
    });
    test('is served again after its process was killed, at the same address, with all that was in it', async () => {
      await kubectl(cluster, 'create', 'configmap', 'kept', '--from-literal=key=value');
      const before = await readRunning(directory());
      await killed(directory());
      expect((await provider.list(patience()))[0]?.running).toBe(false);
      const again = await provider.connect(name, patience());
      expect((await readRunning(directory()))?.port).toBe(before?.port);
      expect(await kubectl(again, 'get', 'configmap', 'kept', '-o', 'jsonpath={.data.key}')).toBe('value');
      await again.close();
    });
    test('runs beside others', async () => {
      await Promise.all(['one', 'two'].map(other => provider.create(other, {agents: 0}, quiet, patience())));
      const names = (await provider.list(patience())).map(one => one.name);
      expect(names.sort()).toEqual([name, 'one', 'two']);
      await Promise.all(['one', 'two'].map(other => provider.remove(other, patience())));
      expect((await provider.list(patience())).map(one => one.name)).toEqual([name]);
    });
    test('that two start at once has one process', async () => {
      await Promise.all([1, 2, 3].map(() => provider.create('twice', {agents: 0}, quiet, patience())));
      expect((await provider.list(patience())).find(one => one.name === 'twice')?.running).toBe(true);
      await provider.remove('twice', patience());
    });
    test('that is not there is said so', async () => {
      const missing = {code: 'cluster-missing', facts: {cluster: 'none', provider: 'sandbox'}};
      await expect(provider.connect('none', patience())).rejects.toMatchObject(missing);
      await expect(provider.remove('none', patience())).rejects.toMatchObject(missing);
    });
    test.each(['Big', '-a', 'a/b', '..', 'a'.repeat(33)])('may not be called %s', async other => {
      const made = provider.create(other, {agents: 1}, quiet, patience());
      await expect(made).rejects.toMatchObject({code: 'cluster-name'});
    });
    test('leaves nothing behind', async () => {
      await cluster.close();
      const running = await readRunning(directory());
      await provider.remove(name, patience());
      await expect(stat(directory())).rejects.toMatchObject({code: 'ENOENT'});
      await expect.poll(() => isRunning(running?.pid ?? 0)).toBe(false);
      expect(await provider.list(patience())).toEqual([]);
    });
  });
});

/** Kills the process that serves a sandbox, and waits until it is gone. */
async function killed(directory: string): Promise<void> {
  const {pid = 0} = (await readRunning(directory)) ?? {};
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isRunning(pid)).toBe(false);
}

/** A process that has ended but was not waited for does not run. */
async function state(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return status?.slice(status.lastIndexOf(')') + 2, status.lastIndexOf(')') + 3);
}
const isRunning = async (pid: number): Promise<boolean> => !['Z', undefined].includes(await state(pid));
