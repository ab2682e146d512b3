import {spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {realClock} from '../../src/clock.ts';
import type {MakerId} from '../../src/cluster/docker/maker.ts';
import type {DockerOptions} from '../../src/cluster/docker/provider.ts';
import {k3dProvider} from '../../src/cluster/k3d/index.ts';
import type {Cluster, Provider} from '../../src/engine/ports.ts';
import {mustRun} from '../../src/kube/program.ts';
import type {WatchTarget, WorldChange} from '../../src/world/change.ts';
import type {KubeObject} from '../../src/world/object.ts';

/** Small, with a shell, ls and rm. */
export const smallImage = 'busybox:1.37';

/** A machine with what makes clusters on it. */
export interface Machine {
  id: MakerId;
  provider(options: DockerOptions): Provider;
  /** What it lacks for a real cluster; empty when there is nothing. */
  lacking: string[];
  /** For the name of a suite, so that its report says why it was skipped. */
  because: string;
}

/** This machine. */
export function machineWith(id: MakerId, provider: Machine['provider']): Machine {
  const wanted = {docker: ['version'], [id]: ['version'], kubectl: ['version', '--client']};
  const lacking = Object.entries(wanted).flatMap(([program, args]) =>
    spawnSync(program, args).status === 0 ? [] : [program],
  );
  const because = lacking.length > 0 ? ` (skipped: no working ${lacking.join(', ')})` : '';
  return {id, provider, lacking, because};
}
export const k3dMachine = machineWith('k3d', k3dProvider);
export const {lacking, because} = k3dMachine;

/** Long enough for a busy machine; only a test that hangs comes so far. */
export const patience = () => AbortSignal.timeout(240_000);

export const temporary = (what: string) => mkdtemp(join(tmpdir(), `statelab-${what}-`));

export interface RealCluster {
  /** k3d's or minikube's. */
  name: string;
  options: DockerOptions;
  provider: Provider;
  /** The kubeconfig of a learner who has one already. */
  learners: string;
  remove(): Promise<void>;
}

/** What stands in the learner's ~/.kube/config, to the byte. */
export const learnersConfig = 'apiVersion: v1\nkind: Config # mine\ncurrent-context: work\n';

/**
 * A cluster with one agent, made by the provider under test for a learner with a home of their own. What minikube has
 * downloaded stays where it is for whoever runs the tests.
 */
export async function makeCluster(what: string, machine = k3dMachine): Promise<RealCluster> {
  const name = clusterName(what);
  const home = await temporary('home');
  const learners = join(home, '.kube', 'config');
  await mkdir(dirname(learners));
  await writeFile(learners, learnersConfig);
  const {HOME = '', DOCKER_CONFIG = join(HOME, '.docker'), MINIKUBE_HOME = HOME} = process.env;
  const env = {...process.env, HOME: home, DOCKER_CONFIG, MINIKUBE_HOME, KUBECONFIG: undefined};
  const options = {env, clock: realClock, stateDirectory: await temporary('state'), terminal: false};
  const provider = machine.provider(options);
  const remove = async () => {
    const listed = await provider.list(patience());
    if (listed.some(cluster => cluster.name === name)) await provider.remove(name, patience());
  };
  await provider.create(name, {agents: 1}, () => {}, patience());
  return {name, options, provider, learners, remove};
}

export const clusterName = (what: string) => `statelab-t-${what}-${process.pid}`;

export const docker = async (...args: string[]): Promise<string> =>
  (await mustRun('docker', args, {env: process.env, signal: patience()})).stdout;

/** Puts files onto a node that is a container, past everything of statelab's. */
export const writeOn = (node: string) => async (path: string) => {
  await docker('exec', node, 'sh', '-c', 'mkdir -p "$0" && touch "$1"', dirname(path), path);
};

/** What a learner would type. */
export const kubectl = async ({kubeconfig}: Cluster, ...args: string[]): Promise<string> =>
  (await mustRun('kubectl', ['--kubeconfig', kubeconfig, ...args], {env: process.env, signal: patience()}))
    .stdout;

/** Watches from now on; `until` waits for the first change, told or still to be told, that is so. */
export function watchOf(cluster: Cluster, ...targets: WatchTarget[]) {
  const stop = new AbortController();
  const changes: WorldChange[] = [];
  const waiting = new Set<() => void>();
  const tell = (change: WorldChange) => {
    changes.push(change);
    for (const look of waiting) look();
  };
  const ended = cluster.watch.watch(targets, tell, stop.signal);
  ended.catch(() => {}); // tests look at it when they are ready
  const until = (isSo: (change: WorldChange) => boolean): Promise<WorldChange> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = changes.find(isSo);
        if (found) resolve(found);
        if (found) waiting.delete(look);
      };
      waiting.add(look);
      look();
      ended.catch(reject);
    });
  const end = async () => {
    stop.abort();
    await ended;
  };
  return {changes, ended, until, end};
}

/** The object that a change is about. */
export const objectOf = (change: WorldChange): KubeObject | undefined =>
  'object' in change ? change.object : undefined;

/** Waits, watching, until a Pod is so. */
export async function podWith(
  cluster: Cluster,
  namespace: string,
  name: string,
  isSo: (status: PodStatus) => boolean,
): Promise<KubeObject> {
  const watch = watchOf(cluster, {kind: 'pods', namespace});
  const pods = (change: WorldChange) =>
    (change.type === 'listed' ? change.objects : [objectOf(change)]).filter(
      pod => pod?.metadata.name === name,
    );
  const good = (pod: KubeObject | undefined) => pod !== undefined && isSo((pod.status ?? {}) as PodStatus);
  const change = await watch.until(change => pods(change).some(good));
  await watch.end();
  return pods(change).find(good) as KubeObject;
}
export interface PodStatus {
  conditions?: {type: string; status: string}[];
  containerStatuses?: {state?: {waiting?: {reason?: string}}}[];
}
export const isReady = ({conditions = []}: PodStatus) =>
  conditions.some(({type, status}) => type === 'Ready' && status === 'True');
export const waitsToRestart = ({containerStatuses = []}: PodStatus) =>
  containerStatuses.some(({state}) => state?.waiting?.reason === 'CrashLoopBackOff');
