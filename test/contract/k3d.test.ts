import {readFile, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {k3dProvider, pinnedImage} from '../../src/cluster/k3d/index.ts';
import type {Cluster} from '../../src/engine/ports.ts';
import {clusterContract, localPath} from './cluster-contract.ts';
import {
  because,
  clusterName,
  docker,
  kubectl,
  lacking,
  learnersConfig,
  makeCluster,
  patience,
  type RealCluster,
  smallImage,
  temporary,
} from './real-cluster.ts';

const quiet = () => {};

describe.skipIf(lacking.length > 0)(`k3d${because}`, () => {
  let real: RealCluster;
  let cluster: Cluster;
  let server: string;
  let agent: string;
  beforeAll(async () => {
    real = await makeCluster('k3d');
    cluster = await real.provider.connect(real.name, patience());
    [server, agent] = [`k3d-${real.name}-server-0`, `k3d-${real.name}-agent-0`];
  });
  afterAll(async () => {
    await cluster?.close();
    await real?.remove();
  });

  clusterContract(async () => ({
    cluster,
    worker: agent,
    writeOnWorker: async path => {
      await docker('exec', agent, 'sh', '-c', 'mkdir -p "$0" && touch "$1"', dirname(path), path);
    },
    restartServer: async () => {
      await docker('restart', '--timeout', '1', server);
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

  describe('a cluster of ours', () => {
    test('is known as such', async () => {
      const found = (await real.provider.list(patience())).find(({name}) => name === real.name);
      const nodes = [
        {name: agent, role: 'agent', running: true},
        {name: server, role: 'server', running: true},
      ];
      expect(found).toEqual({
        provider: 'k3d',
        name: real.name,
        ours: true,
        running: true,
        image: process.env.STATELAB_K3S_IMAGE ?? pinnedImage,
        nodes: expect.arrayContaining(nodes),
      });
      expect(await cluster.exists(patience())).toBe(true);
    });

    test('has a kubeconfig of its own, for its owner alone; the learner’s stays as it was', async () => {
      expect((await stat(cluster.kubeconfig)).mode & 0o777).toBe(0o600);
      expect(await readFile(real.learners, 'utf8')).toBe(learnersConfig);
    });

    test('has a directory that all its nodes share', async () => {
      await docker('exec', agent, 'touch', '/lab-shared/from-agent');
      expect(await docker('exec', server, 'ls', '/lab-shared')).toBe('from-agent');
    });

    test('is taken up when it is to be made again', async () => {
      const before = await docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', server);
      await real.provider.create(real.name, {agents: 1}, quiet, patience());
      expect(await docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', server)).toBe(before);
    });
  });

  describe('nodes', () => {
    const isRunning = async () =>
      (await cluster.nodes.list(patience())).find(({name}) => name === agent)?.running;

    test('stop and start', async () => {
      await cluster.nodes.stop(agent, patience());
      expect(await isRunning()).toBe(false);
      const look = cluster.probes.look({type: 'files', node: agent, path: '/'}, patience());
      await expect(look).rejects.toThrow('is not running');
      expect(await cluster.probes.look({type: 'node', node: agent}, patience())).toMatchObject({
        ok: false,
        text: 'silent',
      });
      await cluster.nodes.start(agent, patience());
      expect(await isRunning()).toBe(true);
    });

    test('run programs, and give their exit code', async () => {
      const ended = await cluster.nodes.exec(
        agent,
        ['sh', '-c', 'echo out; exit 5'],
        {capture: true},
        patience(),
      );
      expect(ended).toEqual({exitCode: 5, output: 'out'});
    });

    test('of other names are unknown', async () => {
      const known = expect.arrayContaining([server, agent]);
      await expect(cluster.nodes.stop('k3d-play', patience())).rejects.toMatchObject({
        code: 'node-unknown',
        facts: {node: 'k3d-play', known},
      });
    });
  });

  describe('images', () => {
    const nodesWith = async (image: string) => {
      const lists = await Promise.all(
        [server, agent].map(node => docker('exec', node, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q')),
      );
      return lists.filter(list => list.split('\n').includes(image)).length;
    };
    const images = ['statelab-test/one:1', 'statelab-test/two:1'] as const;
    beforeAll(async () => {
      await docker('run', '--rm', smallImage, 'true'); // so that it is on the host, to be tagged
      for (const image of images) await docker('tag', smallImage, image);
    });
    afterAll(() => docker('rmi', ...images));

    test('are brought to every node, once', async () => {
      const lines: string[] = [];
      await cluster.loadImages([images[0]], line => lines.push(line), patience());
      expect(await nodesWith(`docker.io/${images[0]}`)).toBe(2);
      const told = lines.length;
      await cluster.loadImages([images[0]], line => lines.push(line), patience());
      expect(lines.length).toBe(told);
    });

    test('are brought past k3d when its import fails', async () => {
      const env = {...real.options.env, K3D_IMAGE_TOOLS: 'statelab-test/none:1'};
      const other = await k3dProvider({...real.options, env}).connect(real.name, patience());
      await other.loadImages([images[1]], quiet, patience());
      expect(await nodesWith(`docker.io/${images[1]}`)).toBe(2);
      await other.close();
    });

    test('that cannot be had are named', async () => {
      const loaded = cluster.loadImages(['statelab.invalid/none:1'], quiet, patience());
      await expect(loaded).rejects.toMatchObject({
        code: 'image-missing',
        facts: {image: 'statelab.invalid/none:1'},
      });
    });
  });

  describe('a cluster of somebody else', () => {
    const name = clusterName('other');
    beforeAll(async () => {
      const labels = ['app=k3d', `k3d.cluster=${name}`, 'k3d.role=server'].flatMap(label => [
        '--label',
        label,
      ]);
      await docker('create', ...labels, '--name', `k3d-${name}-server-0`, smallImage, 'true');
    });
    afterAll(() => docker('rm', '--force', `k3d-${name}-server-0`));

    test('is left alone', async () => {
      const taken = {code: 'cluster-taken', facts: {cluster: name, provider: 'k3d'}};
      await expect(real.provider.create(name, {agents: 1}, quiet, patience())).rejects.toMatchObject(taken);
      await expect(real.provider.remove(name, patience())).rejects.toMatchObject(taken);
      expect((await real.provider.list(patience())).find(one => one.name === name)).toMatchObject({
        ours: false,
        running: false,
      });
    });

    test('cannot be used while it is stopped', async () => {
      await expect(real.provider.connect(name, patience())).rejects.toMatchObject({code: 'cluster-stopped'});
    });
  });

  describe('what cannot be made', () => {
    const name = clusterName('half');
    const traces = async () => {
      const label = ['--all', '--quiet', '--filter', `label=k3d.cluster=${name}`];
      const named = ['--quiet', '--filter', `name=k3d-${name}`];
      return [
        await docker('ps', ...label),
        await docker('network', 'ls', ...named),
        await docker('volume', 'ls', ...named),
      ];
    };

    test('fails with the reason, and leaves nothing', async () => {
      const options = {agents: 1, image: 'statelab.invalid/none:1'};
      const made = real.provider.create(name, options, quiet, patience());
      const facts = {
        cluster: name,
        doing: 'create',
        detail: expect.stringContaining('statelab.invalid/none:1'),
      };
      await expect(made).rejects.toMatchObject({code: 'cluster-failed', facts});
      expect(await traces()).toEqual(['', '', '']);
    });

    test.each(['Created network', 'Creating node'])(
      'leaves nothing when it is given up at "%s"',
      async line => {
        const stop = new AbortController();
        const progress = (said: string) => said.startsWith(line) && stop.abort(new Error('enough'));
        await expect(real.provider.create(name, {agents: 1}, progress, stop.signal)).rejects.toThrow(
          'enough',
        );
        expect(await traces()).toEqual(['', '', '']);
      },
    );

    test.each(['Upper', 'under_score', '-dash', 'x'.repeat(33), ''])(
      'the name "%s" is refused',
      async wrong => {
        const made = real.provider.create(wrong, {agents: 1}, quiet, patience());
        await expect(made).rejects.toMatchObject({code: 'cluster-name', facts: {cluster: wrong, limit: 32}});
      },
    );

    test('what is not there is said to be missing', async () => {
      const missing = {code: 'cluster-missing', facts: {cluster: name, provider: 'k3d'}};
      await expect(real.provider.connect(name, patience())).rejects.toMatchObject(missing);
      await expect(real.provider.remove(name, patience())).rejects.toMatchObject(missing);
    });
  });

  describe('a machine', () => {
    const withEnv = (env: Record<string, string>) =>
      k3dProvider({...real.options, env: {...real.options.env, ...env}});

    test('with both programs will do', () => real.provider.check(patience()));

    test('without Docker running is told so', async () => {
      const check = withEnv({DOCKER_HOST: 'unix:///nonexistent/docker.sock'}).check(patience());
      await expect(check).rejects.toMatchObject({
        code: 'docker-down',
        facts: {detail: expect.stringMatching(/docker/i)},
      });
    });

    test('without the programs is told which', async () => {
      const check = withEnv({PATH: await temporary('empty')}).check(patience());
      await expect(check).rejects.toMatchObject({code: 'program-missing', facts: {program: 'docker'}});
    });
  });

  describe('in the end', () => {
    test('a stopped cluster of ours is started when it is to be made', async () => {
      await docker('stop', '--timeout', '1', server, agent);
      await expect(real.provider.connect(real.name, patience())).rejects.toMatchObject({
        code: 'cluster-stopped',
      });
      await real.provider.create(real.name, {agents: 1}, quiet, patience());
      expect(await kubectl(cluster, 'get', 'nodes', '-o', 'name')).toContain(agent);
    });

    test('it is removed, with its volumes, and the learner’s kubeconfig is still as it was', async () => {
      await real.provider.remove(real.name, patience());
      expect(await cluster.exists(patience())).toBe(false);
      expect(await docker('volume', 'ls', '--quiet', '--filter', `name=k3d-${real.name}`)).toBe('');
      expect(await readFile(real.learners, 'utf8')).toBe(learnersConfig);
    });
  });
});
