// `statelab --version` beside a Node.js that does nothing, in turn: what a learner waits for before anything happens.
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {row} from './statistics.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const runs = Number(process.argv[2] ?? 40);

const time = (args: string[]) => {
  const start = performance.now();
  execFileSync(process.execPath, args, {stdio: 'ignore'});
  return performance.now() - start;
};

const bare: number[] = [];
const version: number[] = [];
const labs: number[] = [];
for (let run = -3; run < runs; run += 1) {
  const times = [time(['-e', '0']), time([cli, '--version']), time([cli, 'labs'])] as const;
  if (run < 0) continue; // the first ones fill the caches
  bare.push(times[0]);
  version.push(times[1]);
  labs.push(times[2]);
}
console.log(`startup, ${runs} runs of each in turn, ratios to bare node (median, p95)`);
console.log(row('node -e 0', bare));
console.log(row('statelab --version', version, bare));
console.log(row('statelab labs', labs, bare));
