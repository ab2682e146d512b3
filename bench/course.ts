// The whole course: all labs of the learning path one after the other, played by the program as a learner would type
// them, each lab's time beside what of it is waiting for the cluster; what it took to load images stands apart. As users run it: the built program.
// STATELAB_PROVIDER and STATELAB_DATABASE choose as they do for users; some labs alone: node bench/course.ts <lab>…
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {getLab, labIds} from '../src/lab/catalog.ts';
import type {Lab} from '../src/lab/lab.ts';
import type {JsonLine} from '../src/ui/json.ts';
import {imagesIn, waitsIn} from './waits.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'statelab-course-'));
const env = {...process.env, STATELAB_HOME: home, STATELAB_CLUSTER: `course-${process.pid}`};

/** Runs statelab to its end. */
async function statelab(
  ...args: string[]
): Promise<{seconds: number; exit: number | null; lines: JsonLine[]}> {
  const start = performance.now();
  const child = spawn(process.execPath, [cli, ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>(resolve => child.on('close', resolve));
  const lines: JsonLine[] = [];
  for await (const line of createInterface({input: child.stdout})) lines.push(JSON.parse(line) as JsonLine);
  const exit = await ended;
  return {seconds: (performance.now() - start) / 1000, exit, lines};
}

interface Played {
  lab: Lab;
  /** Seconds, without the images. */
  run: number;
  images: number;
  waits: number;
  reset: number;
}

async function play(lab: Lab): Promise<Played> {
  const run = await statelab('run', lab.id, '--auto');
  const reset = await statelab('reset', lab.id, '--yes');
  for (const {exit, lines} of [run, reset]) {
    if (exit === 0) continue;
    console.log(`${lab.id} ended with ${exit}: ${JSON.stringify(lines.at(-1))}`);
    process.exitCode = 1;
  }
  const images = imagesIn(run.lines);
  return {lab, run: run.seconds - images, images, waits: waitsIn(lab, run.lines), reset: reset.seconds};
}

const column = (text: string | number) => (typeof text === 'number' ? text.toFixed(1) : text).padStart(9);
const row = (name: string, ...columns: (string | number)[]) =>
  console.log([name.padEnd(24), ...columns.map(column)].join(''));

const wanted = process.argv.slice(2);
const ids = wanted.length > 0 ? wanted : labIds();
try {
  const up = await statelab('cluster', 'up');
  if (up.exit !== 0) throw new Error(`no cluster: ${JSON.stringify(up.lines.at(-1))}`);
  console.log(`the course, in seconds (cluster up: ${up.seconds.toFixed(1)})`);
  row('', 'run', 'waits', 'ratio', 'images', 'reset');
  const all: Played[] = [];
  for (const id of ids) {
    const played = await play(getLab(id));
    all.push(played);
    row(id, played.run, played.waits, ratio(played), played.images, played.reset);
  }
  const sum = (of: (one: Played) => number) => all.reduce((total, one) => total + of(one), 0);
  const total = {run: sum(one => one.run), waits: sum(one => one.waits)};
  row(
    'all',
    total.run,
    total.waits,
    ratio(total),
    sum(one => one.images),
    sum(one => one.reset),
  );
} finally {
  await statelab('cluster', 'down', '--yes');
  rmSync(home, {recursive: true, force: true});
}

/** A lab without waits has no ratio. */
function ratio({run, waits}: {run: number; waits: number}): string {
  return waits > 0 ? `${(run / waits).toFixed(2)} x` : '';
}
