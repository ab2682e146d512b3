// The sandbox: how long a start takes and how much memory, what a Pod costs, how fast kubectl is beside k3d.
// As users run it: the built program, plain Node.js. One part alone: node bench/sandbox.ts start|memory|pods|latency
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {realClock} from '../src/clock.ts';
import {k3dProvider} from '../src/cluster/k3d/index.ts';
import {kubeconfigFile} from '../src/kube/kubeconfig.ts';
import {placesOf} from '../src/progress/paths.ts';
import {readRunning, sandboxFiles, writeConfig} from '../src/sandbox/life/files.ts';
import {row} from './statistics.ts';

const built = (file: string) => fileURLToPath(new URL(`../dist/${file}`, import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'statelab-bench-'));
const env = {...process.env, STATELAB_HOME: home};
const places = placesOf(env);
const directoryOf = (name: string) => join(places.sandboxes, name);
const kubeconfigOf = (name: string) => kubeconfigFile(places.kubeconfigs, 'sandbox', name);
const statelab = (...args: string[]) =>
  execFileSync(process.execPath, [built('cli.js'), ...args, '--provider', 'sandbox'], {env, stdio: 'pipe'});
const kubectl = (kubeconfig: string, args: readonly string[], input = '') =>
  execFileSync('kubectl', args, {env: {...env, KUBECONFIG: kubeconfig}, input, encoding: 'utf8'});

const time = async (run: () => unknown): Promise<number> => {
  const start = performance.now();
  await run();
  return performance.now() - start;
};

/** The sandboxes that are up. */
const started = new Set<string>();

const parts: Record<string, () => Promise<void>> = {start, memory, pods, latency};
const wanted = process.argv.slice(2);
try {
  for (const [name, measure] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await measure();
} finally {
  for (const name of started) takeDown(name);
  rmSync(home, {recursive: true, force: true});
}

/** From the command to `kubectl get nodes` answering with all nodes, and the part of the process in it. */
async function start(): Promise<void> {
  const rounds = 10;
  const times = {bare: [] as number[], process: [] as number[], up: [] as number[], nodes: [] as number[]};
  for (let round = -1; round < rounds; round += 1) {
    const name = `start${round + 1}`;
    const bare = await time(() => execFileSync(process.execPath, ['-e', '0']));
    const alone = await time(() => startProcess(`${name}-alone`));
    const up = await time(() => bringUp(name));
    const nodes = await time(() => waitForNodes(kubeconfigOf(name), 3));
    takeDown(name);
    if (round < 0) continue; // the first one fills the caches
    times.bare.push(bare);
    times.process.push(alone);
    times.up.push(up);
    times.nodes.push(up + nodes);
  }
  console.log(`sandbox, ${rounds} starts of each in turn, ratios to bare node (median, p95)`);
  console.log(row('node -e 0', times.bare));
  console.log(row('the process, until it serves', times.process, times.bare));
  console.log(row('statelab cluster up', times.up, times.bare));
  console.log(row('… and kubectl get nodes', times.nodes, times.bare));
}

/** The process on its own, until it says that it serves. */
async function startProcess(name: string): Promise<void> {
  const directory = directoryOf(name);
  await writeConfig(directory, {name, agents: 2, speed: 1, storage: 'local-path'});
  const child = spawn(process.execPath, [built('sandbox/life/main.js'), directory], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', code => reject(new Error(`the process ended with ${code}`)));
  });
  child.kill('SIGKILL');
}

function waitForNodes(kubeconfig: string, count: number): void {
  for (;;) {
    const lines = kubectl(kubeconfig, ['get', 'nodes', '--no-headers']).trim().split('\n');
    if (lines.length === count && lines.every(line => / Ready /.test(line))) return;
  }
}

/** Resident memory, as it is after the start and when nothing has happened for a minute. */
async function memory(): Promise<void> {
  bringUp('memory');
  const {pid} = await runningOf('memory');
  console.log('sandbox, resident memory (anonymous part)');
  console.log(`right after the start    ${memoryOf(pid)}`);
  await sleep(60_000);
  console.log(`idle for 60 s            ${memoryOf(pid)}`);
  for (let round = 0; round < 5; round += 1) kubectl(kubeconfigOf('memory'), ['get', 'all', '-A']);
  console.log(`after five kubectl get   ${memoryOf(pid)}`);
  takeDown('memory');
}

/** One Deployment of so many Pods, until all are Running: what each of them costs. A node takes 110. */
async function pods(): Promise<void> {
  const counts = [100, 250, 500, 1_000, 2_000];
  const name = 'pods';
  const kubeconfig = kubeconfigOf(name);
  await writeConfig(directoryOf(name), {name, agents: 20, speed: 1, storage: 'local-path'});
  bringUp(name);
  waitForNodes(kubeconfig, 21);
  const {pid} = await runningOf(name);
  console.log('sandbox, a Deployment until all of its Pods run; ratios of the costs to those at 100');
  let base: {wall: number; cpu: number} | undefined;
  for (const count of counts) {
    const cpuBefore = cpuOf(pid);
    const wall = await time(() => {
      kubectl(kubeconfig, ['apply', '-f', '-'], deployment(count));
      kubectl(kubeconfig, ['rollout', 'status', 'deployment/bench', '--timeout=600s']);
    });
    const cost = {wall: wall / count, cpu: (cpuOf(pid) - cpuBefore) / count};
    base ??= cost;
    console.log(
      `${String(count).padStart(5)} Pods  ${(wall / 1000).toFixed(1).padStart(6)} s  each ${cost.wall.toFixed(2)} ms ×${(cost.wall / base.wall).toFixed(2)}, of the processor ${cost.cpu.toFixed(2)} ms ×${(cost.cpu / base.cpu).toFixed(2)}  ${memoryOf(pid)}`,
    );
    kubectl(kubeconfig, ['delete', 'deployment', 'bench', '--cascade=foreground']);
  }
  takeDown(name);
}

function deployment(replicas: number): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'bench'},
    spec: {
      replicas,
      selector: {matchLabels: {app: 'bench'}},
      template: {
        metadata: {labels: {app: 'bench'}},
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{name: 'bench', image: 'busybox:1.37', command: ['sleep', '1000000']}],
        },
      },
    },
  });
}

/** `kubectl get pods` with ten Pods, in turn with the same on k3d (or the cluster of BENCH_KUBECONFIG). */
async function latency(): Promise<void> {
  const rounds = 30;
  const real = await realCluster();
  bringUp('latency');
  const clusters = {sandbox: kubeconfigOf('latency'), ...(real && {real: real.kubeconfig})};
  const times: Record<string, number[]> = {};
  const here = ['--namespace', 'statelab-bench'];
  try {
    for (const kubeconfig of Object.values(clusters)) {
      kubectl(kubeconfig, ['create', 'namespace', 'statelab-bench']);
      kubectl(kubeconfig, ['apply', ...here, '-f', '-'], deployment(10));
      kubectl(kubeconfig, ['rollout', 'status', ...here, 'deployment/bench', '--timeout=180s']);
    }
    for (let round = -3; round < rounds; round += 1)
      for (const [name, kubeconfig] of Object.entries(clusters)) {
        const taken = await time(() => kubectl(kubeconfig, ['get', 'pods', ...here]));
        if (round >= 0) times[name] = [...(times[name] ?? []), taken];
      }
  } finally {
    if (real) kubectl(real.kubeconfig, ['delete', 'namespace', 'statelab-bench', '--wait=false']);
    await real?.remove();
    takeDown('latency');
  }
  console.log(`kubectl get pods, 10 Pods, ${rounds} rounds in turn, ratios to a real cluster (median, p95)`);
  console.log(row('sandbox', times.sandbox ?? [], times.real));
  console.log(times.real ? row('real cluster', times.real) : 'real cluster: none can be had here');
}

/** The cluster that the environment names, else a new one of k3d; none where there is no Docker. */
async function realCluster(): Promise<{kubeconfig: string; remove(): Promise<void>} | undefined> {
  const {BENCH_KUBECONFIG: given} = process.env;
  if (given) return {kubeconfig: given, remove: async () => {}};
  const {signal} = new AbortController();
  const provider = k3dProvider({
    env: process.env,
    clock: realClock,
    stateDirectory: places.kubeconfigs,
    terminal: false,
  });
  const name = `statelab-t-bench-${process.pid}`;
  try {
    await provider.check(signal);
  } catch {
    return undefined;
  }
  await provider.create(name, {agents: 2}, () => {}, signal);
  const {kubeconfig, close} = await provider.connect(name, signal);
  await close();
  return {kubeconfig, remove: () => provider.remove(name, signal)};
}

function bringUp(name: string): void {
  started.add(name);
  statelab('cluster', 'up', '--cluster', name);
}

function takeDown(name: string): void {
  statelab('cluster', 'down', '--cluster', name, '--yes');
  started.delete(name);
}

async function runningOf(name: string): Promise<{pid: number}> {
  const running = await readRunning(directoryOf(name));
  if (!running) throw new Error(`no process serves ${name}; ${sandboxFiles(directoryOf(name)).log} says why`);
  return running;
}

/** Linux tells it; elsewhere the figure is left out. */
function memoryOf(pid: number): string {
  const status = readProc(pid, 'status');
  const megabytes = (field: string) =>
    (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024).toFixed(0);
  return `${megabytes('VmRSS')} MB (${megabytes('RssAnon')} MB), highest ${megabytes('VmHWM')} MB`;
}

/** Time of the processor so far, in milliseconds: the kernel counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const [, user = '0', system = '0'] = /\)(?: \S+){11} (\d+) (\d+)/.exec(readProc(pid, 'stat')) ?? [];
  return (Number(user) + Number(system)) * 10;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
