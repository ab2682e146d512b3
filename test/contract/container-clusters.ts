import {readFile, stat} from 'node:fs/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Cluster, CreateOptions} from '../../src/engine/ports.ts';
import type {DefaultClass} from '../../src/lab/needs.ts';
import {clusterContract} from './cluster-contract.ts';
import {
  clusterName,
  docker,
  kubectl,
  learnersConfig,
  type Machine,
  makeCluster,
  patience,
  type RealCluster,
  smallImage,
  temporary,
  writeOn,
} from './real-cluster.ts';

/** What of a maker of clusters the tests have to be told. */
export interface Made {
  machine: Machine;
  /** The names of its nodes, where a cluster has one agent. */
  nodes(cluster: string): {server: string; agent: string};
  /** The node image that is told of its clusters, if any is. */
  image?: string;
  defaultClass: DefaultClass;
  /** Ends the API server, which comes back. */
  restartServer(server: string): Promise<void>;
  /** Stops a whole cluster, past statelab. */
  stop(real: RealCluster): Promise<void>;
  /** Has a cluster made of a node image `statelab.invalid/none:1`, which nobody has. */
  unmakable: {options?: Partial<CreateOptions>; env?: NodeJS.ProcessEnv};
  /** What it says while it makes one, early and late. */
  steps: readonly string[];
  /** The label with which it marks what belongs to a cluster. */
  label(cluster: string): string;
}

export interface InUse {
  real: RealCluster;
  cluster: Cluster;
  server: string;
  agent: string;
}

const quiet = () => {};

/**
 * What may be expected of clusters whose nodes are containers, whatever program makes them.
 * @param more tests of what one of the programs has alone, before the cluster is removed
 */
export function containerClusters(made: Made, more: (inUse: () => InUse) => void = () => {}): void {
  const {machine} = made;
  const {id} = machine;
  let real: RealCluster;
  let cluster: Cluster;
  let server: string;
  let agent: string;
  beforeAll(async () => {
    real = await makeCluster(id, machine);
    cluster = await real.provider.connect(real.name, patience());
    ({server, agent} = made.nodes(real.name));
  });
  afterAll(async () => {
    await cluster?.close();
    await real?.remove();
  });

  clusterContract(async () => ({
    cluster,
    worker: agent,
    writeOnWorker: writeOn(agent),
    restartServer: () => made.restartServer(server),
    can: {
      nodeOperations: true,
      nodeChanges: true,
      persistentVolumes: true,
      sharedDirectory: '/lab-shared',
      defaultClass: made.defaultClass,
    },
    end: async () => {},
  }));

  describe('a cluster of ours', () => {
    test('is known as such', async () => {
      const found = (await real.provider.list(patience())).find(({name}) => name === real.name);
      const nodes = found?.nodes.toSorted((one, other) => other.role.localeCompare(one.role));
      expect({...found, nodes}).toEqual({
        provider: id,
        name: real.name,
        ours: true,
        running: true,
        ...(made.image === undefined ? {} : {image: made.image}),
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
      const command = ['sh', '-c', 'echo out; exit 5'];
      const ended = await cluster.nodes.exec(agent, command, {capture: true}, patience());
      expect(ended).toEqual({exitCode: 5, output: 'out'});
    });

    test('of other names are unknown', async () => {
      const stopped = cluster.nodes.stop('play', patience());
      await expect(stopped).rejects.toMatchObject({code: 'node-unknown', facts: {node: 'play'}});
      const {known} = await stopped.catch(error => error.facts);
      expect(known.toSorted()).toEqual([server, agent].toSorted());
    });
  });

  describe('images', () => {
    const image = `statelab-test/${id}:1`;
    beforeAll(() => tagSmallImage(image));
    afterAll(() => docker('rmi', image));

    test('are brought to every node, once', async () => {
      const lines: string[] = [];
      await cluster.loadImages([image], line => lines.push(line), patience());
      expect(await nodesWith(image, [server, agent])).toEqual([server, agent]);
      const told = lines.length;
      await cluster.loadImages([image], line => lines.push(line), patience());
      expect(lines.length).toBe(told);
    });

    test('that cannot be had are named', async () => {
      const loaded = cluster.loadImages(['statelab.invalid/none:1'], quiet, patience());
      const facts = {image: 'statelab.invalid/none:1'};
      await expect(loaded).rejects.toMatchObject({code: 'image-missing', facts});
    });
  });

  describe('what cannot be made', () => {
    const name = clusterName(`${id}-half`);
    const expectNothing = async () => {
      const labelled = ['--quiet', '--filter', `label=${made.label(name)}`];
      const named = ['--quiet', '--filter', `name=${name}`];
      expect({
        containers: await docker('ps', '--all', ...labelled),
        networks: [await docker('network', 'ls', ...labelled), await docker('network', 'ls', ...named)],
        volumes: await docker('volume', 'ls', ...named),
        clusters: (await real.provider.list(patience())).filter(one => one.name === name),
      }).toEqual({containers: '', networks: ['', ''], volumes: '', clusters: []});
    };

    test('fails with the reason, and leaves nothing', async () => {
      const {env, options} = made.unmakable;
      const provider = machine.provider({...real.options, env: {...real.options.env, ...env}});
      const creating = provider.create(name, {agents: 1, ...options}, quiet, patience());
      const facts = {cluster: name, doing: 'create', detail: expect.stringContaining('statelab.invalid')};
      await expect(creating).rejects.toMatchObject({code: 'cluster-failed', facts});
      await expectNothing();
    });

    test.each(made.steps)('leaves nothing when it is given up at "%s"', async line => {
      const stop = new AbortController();
      const progress = (said: string) => said.startsWith(line) && stop.abort(new Error('enough'));
      const creating = real.provider.create(name, {agents: 1}, progress, stop.signal);
      await expect(creating).rejects.toThrow('enough');
      await expectNothing();
    });

    test.each(['Upper', 'under_score', '-dash', 'x'.repeat(33), ''])(
      'the name "%s" is refused',
      async wrong => {
        const creating = real.provider.create(wrong, {agents: 1}, quiet, patience());
        const facts = {cluster: wrong, limit: 32};
        await expect(creating).rejects.toMatchObject({code: 'cluster-name', facts});
      },
    );

    test('what is not there is said to be missing', async () => {
      const missing = {code: 'cluster-missing', facts: {cluster: name, provider: id}};
      await expect(real.provider.connect(name, patience())).rejects.toMatchObject(missing);
      await expect(real.provider.remove(name, patience())).rejects.toMatchObject(missing);
    });
  });

  describe('a machine', () => {
    const withEnv = (env: Record<string, string>) =>
      machine.provider({...real.options, env: {...real.options.env, ...env}});

    test('with both programs will do', () => real.provider.check(patience()));

    test('without Docker running is told so', async () => {
      const check = withEnv({DOCKER_HOST: 'unix:///nonexistent/docker.sock'}).check(patience());
      const facts = {detail: expect.stringMatching(/docker/i)};
      await expect(check).rejects.toMatchObject({code: 'docker-down', facts});
    });

    test('without the programs is told which', async () => {
      const check = withEnv({PATH: await temporary('empty')}).check(patience());
      await expect(check).rejects.toMatchObject({code: 'program-missing', facts: {program: 'docker'}});
    });
  });

  more(() => ({real, cluster, server, agent}));

  describe('in the end', () => {
    test('a stopped cluster of ours is started when it is to be made', async () => {
      await made.stop(real);
      const connecting = real.provider.connect(real.name, patience());
      await expect(connecting).rejects.toMatchObject({code: 'cluster-stopped'});
      await real.provider.create(real.name, {agents: 1}, quiet, patience());
      const again = await real.provider.connect(real.name, patience()); // the port may be another one
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
}

/** Those of the nodes that have an image of this short name. */
export async function nodesWith(image: string, nodes: readonly string[]): Promise<string[]> {
  const list = (node: string) => docker('exec', node, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q');
  const lists = await Promise.all(nodes.map(list));
  return nodes.filter((_, index) => lists[index]?.split('\n').includes(`docker.io/${image}`));
}

/** Gives the small image another name, on this machine alone. */
export async function tagSmallImage(image: string): Promise<void> {
  await docker('run', '--rm', smallImage, 'true'); // so that it is here, to be tagged
  await docker('tag', smallImage, image);
}
