import {freemem, loadavg, uptime as secondsUp, totalmem} from 'node:os';
import type {Program} from '../program.ts';
import {errnoWords} from '../shell/errno-words.ts';

/** The computer's memory, as every container sees it. */
const free: Program = async ({stdout, argv}) => {
  const unit = argv.includes('-m') ? 1 << 20 : argv.includes('-g') ? 1 << 30 : 1 << 10;
  const row = (name: string, values: readonly number[]) =>
    `${name.padEnd(8)}${values
      .map(value => String(Math.round(value / unit)).padStart(12))
      .join('')
      .slice(1)}\n`;
  const [total, left] = [totalmem(), freemem()];
  stdout.write('              total        used        free      shared  buff/cache   available\n');
  stdout.write(row('Mem:', [total, total - left, left, 0, 0, left]));
  stdout.write(row('Swap:', [0, 0, 0]));
  return 0;
};

const uptime: Program = async ({stdout, clock}) => {
  const minutes = Math.floor(secondsUp() / 60);
  const up = `${String(Math.floor(minutes / 60)).padStart(2)}:${String(minutes % 60).padStart(2, '0')}`;
  const load = loadavg()
    .map(value => value.toFixed(2))
    .join(', ');
  stdout.write(
    ` ${new Date(clock.now()).toISOString().slice(11, 19)} up ${up},  0 users,  load average: ${load}\n`,
  );
  return 0;
};

/** All writes are on the node's disk already. */
const sync: Program = async () => 0;

/** Everybody is root here: owners are not kept, but a missing file is told. */
const chown: Program = async ({argv, stderr, container, workingDirectory}) => {
  const [, ...paths] = argv.slice(1).filter(arg => !arg.startsWith('-'));
  let code = 0;
  for (const path of paths) {
    try {
      await container.files.stat(container.files.resolvePath(workingDirectory, path));
    } catch (error) {
      stderr.write(`chown: ${path}: ${errnoWords(error)}\n`);
      code = 1;
    }
  }
  return code;
};

/** Nothing hangs up here: the program only runs. */
const nohup: Program = ({argv, become}) => become(argv.slice(1), {});

/** Figures of the computer, and what needs no doing here. */
export const machineTools: Readonly<Record<string, Program>> = {
  free,
  uptime,
  sync,
  chown,
  chgrp: chown,
  nohup,
};
