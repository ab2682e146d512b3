// From a write to the verdict, beside a raw watch and `kubectl wait` on the same condition, in the same rounds.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CoreV1Api, KubeConfig, Watch} from '@kubernetes/client-node';
import {realClock} from '../src/clock.ts';
import {k3dProvider} from '../src/cluster/k3d/index.ts';
import {drive} from '../src/engine/drive.ts';
import {Run} from '../src/engine/run.ts';
import type {Lab, LabText} from '../src/lab/lab.ts';
import type {Step} from '../src/lab/schema.ts';
import {fileJournals} from '../src/progress/journal.ts';
import {row, summary} from './statistics.ts';

const rounds = Number(process.argv[2] ?? 100);
const namespace = 'default';
const name = 'statelab-bench';

/** A lab whose step n is reached when the ConfigMap says n. */
function countingLab(steps: number): Lab {
  const text: LabText = {title: '', intro: '', steps: {}};
  const step = (round: number): Step => ({
    id: `round-${round}`,
    type: 'do',
    milestones: [{id: 'counted', object: {kind: 'configmaps', name}, match: {data: {round: String(round)}}}],
    expected: [],
    hints: 0,
    solve: [],
    wrong: [],
  });
  return {
    apiVersion: 'statelab.dev/v1',
    kind: 'Lab',
    id: 'bench',
    minutes: 1,
    needs: {},
    database: false,
    images: {},
    watches: ['configmaps', 'pods', 'deployments.apps', 'replicasets.apps', 'events'],
    steps: Array.from({length: steps}, (_, index) => step(index + 1)),
    texts: {en: text, ja: text},
    manifests: {},
  };
}

/** kubectl looks at what its watch brought only from the next tick of 100 ms on; to write before that would be unfair to it. */
const settle = 150;

/** `kubectl wait`, once it watches: the promise of the time at which it ends. */
async function kubectlWait(kubeconfig: string, round: number): Promise<{ended: Promise<number>}> {
  const child = spawn(
    'kubectl',
    [
      'wait',
      '-v=6',
      '-n',
      namespace,
      `--for=jsonpath={.data.round}=${round}`,
      `configmap/${name}`,
      '--timeout=60s',
    ],
    {env: {...process.env, KUBECONFIG: kubeconfig}, stdio: ['ignore', 'ignore', 'pipe']},
  );
  const ended = new Promise<number>(resolve => child.on('exit', () => resolve(performance.now())));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
      if (said.includes('Caches populated')) setTimeout(resolve, settle);
    });
    child.on('exit', () => reject(new Error(`kubectl wait ended before it watched: ${said}`)));
  });
  return {ended};
}

const home = mkdtempSync(join(tmpdir(), 'statelab-bench-'));
const stop = new AbortController();
const {signal} = stop;
const provider = k3dProvider({env: process.env, clock: realClock, stateDirectory: home, terminal: false});
const clusterName = `statelab-t-bench-${process.pid}`;
try {
  await provider.create(clusterName, {agents: 2}, () => {}, signal);
  const cluster = await provider.connect(clusterName, signal);
  const config = new KubeConfig();
  config.loadFromFile(cluster.kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  await api.createNamespacedConfigMap({namespace, body: {metadata: {name}, data: {round: '0'}}});

  const lab = countingLab(rounds);
  const watched = lab.watches.map(kind => ({kind, namespace}));
  const progress = {
    reached: [],
    skipped: [],
    remembered: {},
    latched: [],
    answers: {},
    hints: {},
    current: 'round-1',
  };
  const capabilities = {
    workers: 2,
    hostPath: true,
    nodeOperations: true,
    nodeChanges: true,
    persistentVolumes: true,
  };
  const run = new Run({lab, namespace, watched, variables: {}, capabilities, progress});
  const verdictAt = new Map<string, (at: number) => void>();
  const rawAt = new Map<string, (at: number) => void>();
  let opened = () => {};
  const ready = new Promise<void>(resolve => {
    opened = resolve;
  });
  // A verdict is told when it has been written down, so its way through the disk counts.
  const journal = fileJournals(join(home, 'journals')).open(lab.id);
  const driving = drive({
    run,
    watched,
    cluster,
    clock: realClock,
    journal,
    signal,
    emit: event => {
      if (event.type === 'step') opened();
      if (event.type === 'reached') verdictAt.get(event.step)?.(performance.now());
    },
  });
  const raw = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/configmaps`,
    {},
    (_type, object: {data?: {round?: string}}) =>
      rawAt.get(`round-${object.data?.round}`)?.(performance.now()),
    () => {},
  );
  await ready;

  const times = {raw: [] as number[], verdict: [] as number[], wait: [] as number[]};
  for (let round = 1; round <= rounds; round += 1) {
    const id = `round-${round}`;
    const verdict = new Promise<number>(resolve => verdictAt.set(id, resolve));
    const seen = new Promise<number>(resolve => rawAt.set(id, resolve));
    const {ended} = await kubectlWait(cluster.kubeconfig, round);
    const start = performance.now();
    await api.replaceNamespacedConfigMap({
      namespace,
      name,
      body: {metadata: {name}, data: {round: String(round)}},
    });
    times.raw.push((await seen) - start);
    times.verdict.push((await verdict) - start);
    times.wait.push((await ended) - start);
  }
  raw.abort();
  await driving.stop();
  journal.close();
  await cluster.close();

  const over = times.verdict.map((time, index) => time - (times.raw[index] ?? 0));
  console.log(`from a write to the verdict, ${rounds} rounds, ratios to kubectl wait (median, p95)`);
  console.log(row('raw watch', times.raw, times.wait));
  console.log(row('verdict', times.verdict, times.wait));
  console.log(row('kubectl wait', times.wait));
  const {median, p95} = summary(over);
  console.log(`verdict on top of the raw watch: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
} finally {
  stop.abort();
  await provider.remove(clusterName, new AbortController().signal);
  rmSync(home, {recursive: true, force: true});
}
