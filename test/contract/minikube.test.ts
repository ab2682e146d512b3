import {readFile, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {minikubeProvider} from '../../src/cluster/minikube/index.ts';
import type {Cluster} from '../../src/engine/ports.ts';
import {
  because,
  lacking,
  learnersConfig,
  makeProfile,
  minikube,
  type RealProfile,
  standardClass,
} from '../helpers/minikube.ts';
import {clusterContract} from './cluster-contract.ts';
import {clusterName, docker, kubectl, patience, smallImage, temporary} from './real-cluster.ts';

const quiet = () => {};

describe.skipIf(lacking.length > 0)(`minikube${because}`, () => {
  let real: RealProfile;
  let cluster: Cluster;
  let server: string;
  let agent: string;
  beforeAll(async () => {
    real = await makeProfile('mk');
    cluster = await real.provider.connect(real.name, patience());
    [server, agent] = [real.name, `${real.name}-m02`];
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
      // The container is more than the API server: restarted past minikube, it would not come back as it was.
      await docker('exec', server, 'pkill', '-f', '^kube-apiserver');
    },
    can: {
      nodeOperations: true,
      nodeChanges: true,
      persistentVolumes: true,
      sharedDirectory: '/lab-shared',
      defaultClass: standardClass,
    },
    end: async () => {},
  }));

  describe('a cluster of ours', () => {
    test('is known as such', async () => {
      const found = (await real.provider.list(patience())).find(({name}) => name === real.name);
      expect(found).toEqual({
        provider: 'minikube',
        name: real.name,
        ours: true,
        running: true,
        nodes: [
          {name: server, role: 'server', running: true},
          {name: agent, role: 'agent', running: true},
        ],
      });
      expect(await cluster.exists(patience())).toBe(true);
    });

    test('has a kubeconfig of its own, for its owner alone; the learner’s stays as it was', async () => {
      expect((await stat(cluster.kubeconfig)).mode & 0o777).toBe(0o600);
      expect(await readFile(cluster.kubeconfig, 'utf8')).not.toContain('.crt');
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
      await expect(cluster.nodes.stop('play', patience())).rejects.toMatchObject({
        code: 'node-unknown',
        facts: {node: 'play', known: [server, agent]},
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
    const image = 'statelab-test/mk:1';
    beforeAll(async () => {
      await docker('tag', smallImage, image);
    });
    afterAll(() => docker('rmi', image));

    test('are brought to every node, once', async () => {
      const lines: string[] = [];
      await cluster.loadImages([image], line => lines.push(line), patience());
      expect(await nodesWith(`docker.io/${image}`)).toBe(2);
      const told = lines.length;
      await cluster.loadImages([image], line => lines.push(line), patience());
      expect(lines.length).toBe(told);
    });

    test('that cannot be had are named', async () => {
      const loaded = cluster.loadImages(['statelab.invalid/none:1'], quiet, patience());
      await expect(loaded).rejects.toMatchObject({
        code: 'image-missing',
        facts: {image: 'statelab.invalid/none:1'},
      });
    });
  });

  describe('what cannot be made', () => {
    const name = clusterName('mkhalf');
    const traces = async () => {
      const label = ['--filter', `label=name.minikube.sigs.k8s.io=${name}`, '--quiet'];
      return [
        await docker('ps', '--all', ...label),
        await docker('network', 'ls', ...label),
        await docker('volume', 'ls', '--quiet', '--filter', `name=${name}`),
        JSON.stringify((await real.provider.list(patience())).filter(one => one.name === name)),
      ];
    };
    const nothing = ['', '', '', '[]'];

    test('fails with the reason, and leaves nothing', async () => {
      const env = {...real.options.env, MINIKUBE_BASE_IMAGE: 'statelab.invalid/none:1'};
      const made = minikubeProvider({...real.options, env}).create(name, {agents: 1}, quiet, patience());
      const facts = {cluster: name, doing: 'create', detail: expect.stringContaining('statelab.invalid')};
      await expect(made).rejects.toMatchObject({code: 'cluster-failed', facts});
      expect(await traces()).toEqual(nothing);
    });

    test.each(['Creating docker container', 'Preparing Kubernetes'])(
      'leaves nothing when it is given up at "%s"',
      async line => {
        const stop = new AbortController();
        const progress = (said: string) => said.startsWith(line) && stop.abort(new Error('enough'));
        await expect(real.provider.create(name, {agents: 0}, progress, stop.signal)).rejects.toThrow(
          'enough',
        );
        expect(await traces()).toEqual(nothing);
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
      const missing = {code: 'cluster-missing', facts: {cluster: name, provider: 'minikube'}};
      await expect(real.provider.connect(name, patience())).rejects.toMatchObject(missing);
      await expect(real.provider.remove(name, patience())).rejects.toMatchObject(missing);
    });
  });

  describe('a machine', () => {
    const withEnv = (env: Record<string, string>) =>
      minikubeProvider({...real.options, env: {...real.options.env, ...env}});

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
      await minikube(real, 'stop');
      await expect(real.provider.connect(real.name, patience())).rejects.toMatchObject({
        code: 'cluster-stopped',
      });
      await real.provider.create(real.name, {agents: 1}, quiet, patience());
      const again = await real.provider.connect(real.name, patience()); // at another port
      expect(await kubectl(again, 'get', 'nodes', '-o', 'name')).toContain(agent);
      await again.close();
    });

    test('it is removed, with its volumes, and the learner’s kubeconfig is still as it was', async () => {
      await real.provider.remove(real.name, patience());
      expect(await cluster.exists(patience())).toBe(false);
      expect(await docker('volume', 'ls', '--quiet', '--filter', `name=${real.name}`)).toBe('');
      expect(await readFile(real.learners, 'utf8')).toBe(learnersConfig);
    });
  });
});
