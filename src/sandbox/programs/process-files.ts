import {freemem, loadavg, totalmem, uptime} from 'node:os';
import type {RunningContainer} from './program.ts';

/** The text of a file of /proc, as far as people look at them; undefined for all others. */
export async function processFile(
  {processes, mounts}: Pick<RunningContainer, 'processes' | 'mounts'>,
  path: string,
): Promise<string | undefined> {
  if (!path.startsWith('/proc/')) return undefined;
  const [, pid, name] = /^\/proc\/(\d+)\/(cmdline|comm)$/.exec(path) ?? [];
  if (pid !== undefined) {
    const process = processes.list().find(one => one.pid === Number(pid));
    if (name === 'cmdline') return process?.argv.map(word => `${word}\0`).join('');
    const [program = ''] = process?.argv ?? [];
    return process && `${program.slice(program.lastIndexOf('/') + 1)}\n`;
  }
  if (path === '/proc/mounts' || path === '/proc/self/mounts')
    return mountTable(mounts)
      .map(
        ({source, path: place, filesystem, options}) => `${source} ${place} ${filesystem} ${options} 0 0\n`,
      )
      .join('');
  return machine[path]?.();
}

export interface MountEntry {
  source: string;
  path: string;
  filesystem: string;
  options: string;
}

/** All mounts of a container, the root first. */
export const mountTable = (mounts: RunningContainer['mounts']): MountEntry[] => [
  {source: 'overlay', path: '/', filesystem: 'overlay', options: 'rw,relatime'},
  {source: 'proc', path: '/proc', filesystem: 'proc', options: 'rw,nosuid,nodev,noexec,relatime'},
  {source: 'tmpfs', path: '/dev', filesystem: 'tmpfs', options: 'rw,nosuid,size=65536k,mode=755'},
  ...mounts.map(({path, filesystem, readOnly, size}) => ({
    source: filesystem === 'ext4' ? '/dev/vda' : filesystem,
    path,
    filesystem,
    options: `${readOnly ? 'ro' : 'rw'},relatime${size === undefined ? '' : `,size=${Math.floor(size / 1024)}k`}`,
  })),
  {
    source: 'shm',
    path: '/dev/shm',
    filesystem: 'tmpfs',
    options: 'rw,nosuid,nodev,noexec,relatime,size=65536k',
  },
];

/** A container sees the computer's own figures, here as there. */
const machine: Readonly<Record<string, () => string>> = {
  '/proc/uptime': () => `${uptime().toFixed(2)} ${uptime().toFixed(2)}\n`,
  '/proc/loadavg': () =>
    `${loadavg()
      .map(load => load.toFixed(2))
      .join(' ')} 1/100 1\n`,
  '/proc/meminfo': () =>
    `MemTotal: ${kibi(totalmem())} kB\nMemFree: ${kibi(freemem())} kB\nMemAvailable: ${kibi(freemem())} kB\n`,
};

const kibi = (bytes: number) => String(Math.floor(bytes / 1024)).padStart(14);
