import {statfs} from 'node:fs/promises';
import {directorySize} from '../../node/directory-size.ts';
import {mountTable} from '../process-files.ts';
import type {Mount, Program} from '../program.ts';
import {dd} from './dd.ts';
import {env, printenv} from './env.ts';
import {head} from './head.ts';
import {hostname} from './hostname.ts';
import {ls} from './ls.ts';
import {machineTools} from './machine-tools.ts';
import {refusedTools} from './refused-tools.ts';
import {tail} from './tail.ts';

const id: Program = async ({stdout, argv}) => {
  stdout.write(argv.includes('-u') ? '0\n' : 'uid=0(root) gid=0(root) groups=0(root)\n');
  return 0;
};

const whoami: Program = async ({stdout}) => {
  stdout.write('root\n');
  return 0;
};

const uname: Program = async ({stdout, argv, container}) => {
  const all = argv.includes('-a');
  const words = [
    ...(all || argv.length === 1 || argv.includes('-s') ? ['Linux'] : []),
    ...(all || argv.includes('-n') ? [container.hostname] : []),
    ...(all || argv.includes('-r') ? ['6.1.0-sandbox'] : []),
    ...(all || argv.includes('-m') ? ['x86_64'] : []),
  ];
  stdout.write(`${words.join(' ')}\n`);
  return 0;
};

const mount: Program = async ({stdout, container}) => {
  for (const {source, path, filesystem, options} of mountTable(container.mounts))
    stdout.write(`${source} on ${path} type ${filesystem} (${options})\n`);
  return 0;
};

const df: Program = async ({stdout, argv, container}) => {
  const human = argv.slice(1).some(arg => /^-[a-z]*h/.test(arg));
  const wanted = argv.slice(1).filter(arg => !arg.startsWith('-'));
  const root = container.mounts[0]?.hostPath ?? '/';
  const lines = [{path: '/', filesystem: 'overlay', hostPath: root}, ...container.mounts].filter(
    ({path}) => wanted.length === 0 || wanted.some(one => one === path || one.startsWith(`${path}/`)),
  );
  const rows = await Promise.all(lines.map(one => row(one, human)));
  const unit = human ? 'Size' : '1K-blocks';
  stdout.write(
    [`Filesystem           ${unit.padStart(10)}      Used Available Use% Mounted on`, ...rows, ''].join('\n'),
  );
  return 0;
};

async function row(
  {path, filesystem, hostPath, size}: Pick<Mount, 'path' | 'filesystem' | 'hostPath' | 'size'>,
  human: boolean,
): Promise<string> {
  const {total, free} = size === undefined ? await ofDisk(hostPath) : await ofLimited(hostPath, size);
  const say = (bytes: number) => (human ? readable(bytes) : String(Math.round(bytes / 1024))).padStart(10);
  const use = total === 0 ? 0 : Math.round((100 * (total - free)) / total);
  return `${sourceOf(filesystem).padEnd(20)} ${say(total)}${say(total - free)}${say(free)} ${`${use}%`.padStart(4)} ${path}`;
}

interface Room {
  total: number;
  free: number;
}

async function ofDisk(hostPath: string): Promise<Room> {
  const {blocks, bavail, bsize} = await statfs(hostPath);
  return {total: blocks * bsize, free: bavail * bsize};
}

/** A volume in memory has its size for itself alone. */
async function ofLimited(hostPath: string, total: number): Promise<Room> {
  return {total, free: Math.max(0, total - (await directorySize(hostPath)))};
}

/** As df -h: 252.0G */
function readable(bytes: number): string {
  let left = bytes;
  for (const unit of ['', 'K', 'M', 'G']) {
    if (left < 1024) return unit ? `${left.toFixed(1)}${unit}` : String(Math.round(left));
    left /= 1024;
  }
  return `${left.toFixed(1)}T`;
}

const sourceOf = (filesystem: string) => (filesystem === 'ext4' ? '/dev/vda' : filesystem);

/** Programs that tell about the machine. */
export const systemTools: Readonly<Record<string, Program>> = {
  hostname,
  id,
  whoami,
  env,
  printenv,
  uname,
  mount,
  df,
  dd,
  head,
  ls,
  tail,
  ...machineTools,
  ...refusedTools,
};
