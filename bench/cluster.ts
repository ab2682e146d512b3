// `statelab cluster up` beside plain `k3d cluster create` with the same arguments, in turn: both until the nodes are Ready,
// and until k3s' own services are Available too, which statelab waits for. What it does more is to look before, to mark what it
// is at, and to look after. Bringing the images of the first lab to the nodes is told apart: k3d does not do it.
// STATELAB_K3S_IMAGE chooses the node image; node bench/cluster.ts <rounds>
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {createArguments, pinnedImage} from '../src/cluster/k3d/create.ts';
import {imagesOf} from '../src/engine/place.ts';
import {getLab} from '../src/lab/catalog.ts';
import {row} from './statistics.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const rounds = Number(process.argv[2] ?? 5);
const home = mkdtempSync(join(tmpdir(), 'statelab-cluster-'));
const kubeconfig = join(home, 'k3d.yaml');
const names = {statelab: `bench-s-${process.pid}`, k3d: `bench-k-${process.pid}`};
const env = {...process.env, STATELAB_HOME: home, KUBECONFIG: kubeconfig};
const image = process.env.STATELAB_K3S_IMAGE || pinnedImage;

/** Runs a program to its end. @returns milliseconds from its start to its end, and to the first line that is so */
async function time(program: string, args: readonly string[], isSo?: RegExp) {
  const start = performance.now();
  const child = spawn(program, args, {env, stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  let seen = Number.NaN;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      said += text;
      if (Number.isNaN(seen) && isSo?.test(said)) seen = performance.now() - start;
    });
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}`);
  return {all: performance.now() - start, seen};
}

const wait = (...args: string[]) => time('kubectl', [...args, '--timeout=180s']);

async function plain(): Promise<{nodes: number; all: number}> {
  const {all: made} = await time('k3d', createArguments(names.k3d, {agents: 2, image}, env));
  const written = await time('k3d', ['kubeconfig', 'write', names.k3d, '--output', kubeconfig]);
  const nodes = await wait('wait', '--for=condition=Ready', 'nodes', '--all');
  const rest = await wait('-n', 'kube-system', 'wait', '--for=condition=Available', 'deployments', '--all');
  await time('k3d', ['cluster', 'delete', names.k3d]);
  const ready = made + written.all + nodes.all;
  return {nodes: ready, all: ready + rest.all};
}

const options = ['--provider', 'k3d', '--cluster', names.statelab];

async function ours(): Promise<{nodes: number; all: number; load: number}> {
  // Once only the services are waited for, the nodes are Ready; without that line both came at the same time.
  const waiting = /--for=condition=Available/;
  const up = await time(process.execPath, [cli, 'cluster', 'up', ...options], waiting);
  const images = Object.values(imagesOf(getLab('hostpath-deployment'), 'mariadb'));
  const load = await time('k3d', ['image', 'import', ...images, '--cluster', names.statelab]);
  await time(process.execPath, [cli, 'cluster', 'down', ...options, '--yes']);
  return {nodes: Number.isNaN(up.seen) ? up.all : Math.min(up.seen, up.all), all: up.all, load: load.all};
}

const theirs: Awaited<ReturnType<typeof plain>>[] = [];
const own: Awaited<ReturnType<typeof ours>>[] = [];
try {
  for (let round = -1; round < rounds; round += 1) {
    // Whoever comes second finds warmer caches.
    const first = round % 2 === 0;
    const k3d = first ? await plain() : undefined;
    const statelab = await ours();
    const other = k3d ?? (await plain());
    if (round < 0) continue;
    theirs.push(other);
    own.push(statelab);
  }
  const nodes = theirs.map(one => one.nodes);
  const all = theirs.map(one => one.all);
  console.log(
    `cluster, ${rounds} rounds in turn, 1 server and 2 agents of ${image} (ratios to k3d: median, p95)`,
  );
  console.log(row('k3d, nodes Ready', nodes));
  console.log(
    row(
      'statelab, nodes Ready',
      own.map(one => one.nodes),
      nodes,
    ),
  );
  console.log(row('k3d, services Available', all));
  console.log(
    row(
      'statelab, services Available',
      own.map(one => one.all),
      all,
    ),
  );
  console.log(
    row(
      'images of the first lab',
      own.map(one => one.load),
    ),
  );
} finally {
  await time('k3d', ['cluster', 'delete', names.k3d, names.statelab]);
  rmSync(home, {recursive: true, force: true});
}
