import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {stringify} from 'yaml';
import {realClock} from '../../src/clock.ts';
import {contextProvider} from '../../src/cluster/context/index.ts';
import type {Cluster, Provider} from '../../src/engine/ports.ts';
import {readKubeconfig} from '../../src/kube/kubeconfig.ts';
import {clusterContract, localPath} from './cluster-contract.ts';
import {
  because,
  docker,
  kubectl,
  lacking,
  makeCluster,
  patience,
  type RealCluster,
  smallImage,
  temporary,
  writeOn,
} from './real-cluster.ts';

describe.skipIf(lacking.length > 0)(`context${because}`, () => {
  let real: RealCluster;
  let agent: string;
  let learners: string;
  let written: string;
  let provider: Provider;
  let cluster: Cluster;
  beforeAll(async () => {
    real = await makeCluster('ctx');
    agent = `k3d-${real.name}-agent-0`;
    const made = await real.provider.connect(real.name, patience());
    await made.loadImages([smallImage], () => {}, patience());
    const home = await temporary('home');
    learners = join(home, '.kube', 'config');
    written = await writeLearnersConfig(learners, made);
    await made.close();
    const env = {...process.env, KUBECONFIG: undefined};
    provider = contextProvider({
      env,
      home,
      clock: realClock,
      stateDirectory: await temporary('state'),
      helperImage: smallImage,
      consented: false,
      terminal: false,
    });
    cluster = await provider.connect('room', patience());
  });
  afterAll(async () => {
    await cluster?.close();
    await real?.remove();
  });

  clusterContract(async () => ({
    cluster,
    worker: agent,
    writeOnWorker: writeOn(agent),
    restartServer: async () => {
      await docker('restart', '--timeout', '1', `k3d-${real.name}-server-0`);
    },
    can: {
      nodeOperations: false,
      nodeChanges: false,
      persistentVolumes: false,
      withheld: {nodeOperations: 'unasked', nodeChanges: 'unasked', persistentVolumes: 'unasked'},
      defaultClass: localPath,
    },
    end: async () => {},
  }));

  test('its kubeconfig is a copy of one context, for its owner alone; the learner’s stays as it was', async () => {
    expect((await stat(cluster.kubeconfig)).mode & 0o777).toBe(0o600);
    const copy = await readKubeconfig(cluster.kubeconfig);
    expect(copy.contexts?.map(({name}) => name)).toEqual(['room']);
    expect(JSON.stringify(copy)).not.toContain('.pem');
    expect(await readFile(learners, 'utf8')).toBe(written);
  });

  test('all contexts are listed, none as ours', async () => {
    const clusters = (await provider.list(patience())).map(({name, ours}) => ({name, ours}));
    expect(clusters).toEqual(['room', 'nobody', 'off'].map(name => ({name, ours: false})));
    expect(await cluster.exists(patience())).toBe(true);
  });

  test('an unknown context names the known ones', async () => {
    const facts = {context: 'rom', known: ['room', 'nobody', 'off']};
    await expect(provider.connect('rom', patience())).rejects.toMatchObject({code: 'context-unknown', facts});
  });

  test('a cluster that is off is unreachable', async () => {
    const refused = {
      code: 'context-unreachable',
      facts: {context: 'off', detail: expect.stringContaining('ECONNREFUSED')},
    };
    await expect(provider.connect('off', patience())).rejects.toMatchObject(refused);
  });

  test('a user who may not look is told so', async () => {
    const nobody = await provider.connect('nobody', patience());
    const watched = nobody.watch.watch([{kind: 'secrets', namespace: 'default'}], () => {}, patience());
    const facts = {
      verb: 'list',
      resource: 'secrets',
      namespace: 'default',
      detail: expect.stringContaining('is forbidden'),
    };
    await expect(watched).rejects.toMatchObject({code: 'forbidden', facts});
    await expect(nobody.api.nodes(patience())).rejects.toMatchObject({
      code: 'forbidden',
      facts: {verb: 'list', resource: 'nodes'},
    });
    const pod = {kind: 'pods', name: 'any', namespace: 'default', uid: '1'} as const;
    await expect(
      nobody.probes.look({type: 'exec', pod, command: ['true']}, patience()),
    ).rejects.toMatchObject({code: 'forbidden'});
    await nobody.close();
  });

  test('its machines are not stopped, started or entered', async () => {
    const off = {code: 'node-operations-off', facts: {provider: 'context'}};
    await expect(cluster.nodes.stop(agent, patience())).rejects.toMatchObject(off);
    await expect(cluster.nodes.start(agent, patience())).rejects.toMatchObject(off);
    await expect(cluster.nodes.exec(agent, ['true'], {capture: true}, patience())).rejects.toMatchObject(off);
  });

  test('it is neither made nor deleted', async () => {
    await expect(provider.create('room', {agents: 1}, () => {}, patience())).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(provider.remove('room', patience())).rejects.toMatchObject({code: 'usage'});
  });

  test('a directory is removed also when its namespace is gone, and on a cordoned node; no helper stays', async () => {
    const path = '/var/lib/statelab/orphan';
    await docker('exec', agent, 'mkdir', '-p', path);
    await cluster.api.setSchedulable(agent, false, patience());
    await cluster.nodes.removeDirectory(agent, path, 'statelab-orphan', patience());
    await cluster.api.setSchedulable(agent, true, patience());
    expect(await docker('exec', agent, 'ls', '/var/lib/statelab')).not.toContain('orphan');
    expect(await cluster.api.namespace('statelab-orphan', patience())).toBeUndefined();
    const helpers = ['get', 'pods', '--all-namespaces', '-l', 'statelab.dev/helper', '-o', 'name'];
    expect(await kubectl(cluster, ...helpers)).toBe('');
  });
});

/** Three contexts, with certificates in files beside it, as many clusters are handed out. @returns what was written */
async function writeLearnersConfig(file: string, made: Cluster): Promise<string> {
  const {clusters = [], users = []} = await readKubeconfig(made.kubeconfig);
  const [cluster, user] = [clusters[0]?.cluster ?? {}, users[0]?.user ?? {}];
  await kubectl(made, 'create', 'serviceaccount', 'nobody');
  const token = (await kubectl(made, 'create', 'token', 'nobody')).trim();
  await mkdir(dirname(file));
  const pem = async (name: string, data: unknown) => {
    await writeFile(join(dirname(file), `${name}.pem`), Buffer.from(`${data}`, 'base64'));
    return `${name}.pem`;
  };
  const ca = await pem('ca', cluster['certificate-authority-data']);
  const admin = {
    'client-certificate': await pem('cert', user['client-certificate-data']),
    'client-key': await pem('key', user['client-key-data']),
  };
  const content = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'off',
    contexts: [
      {name: 'room', context: {cluster: 'room', user: 'admin'}},
      {name: 'nobody', context: {cluster: 'room', user: 'nobody'}},
      {name: 'off', context: {cluster: 'off', user: 'admin'}},
    ],
    clusters: [
      {name: 'room', cluster: {server: cluster.server, 'certificate-authority': ca}},
      {name: 'off', cluster: {server: 'https://127.0.0.1:9', 'certificate-authority': ca}},
    ],
    users: [
      {name: 'admin', user: admin},
      {name: 'nobody', user: {token}},
    ],
  });
  await writeFile(file, content);
  return content;
}
