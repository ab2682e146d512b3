import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {hostname, release} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {realClock} from '../../../../src/clock.ts';
import {inspector} from '../../../../src/cluster/preflight/index.ts';
import type {DockerUp} from '../../../../src/preflight/facts.ts';
import {emptyDirectory} from '../../../helpers/directory.ts';
import {GiB} from '../../../helpers/facts.ts';
import {canMount, mountSmallDisk} from '../../../helpers/small-disk.ts';

const signal = new AbortController().signal;

/** Docker on this very machine. */
const here: DockerUp = {
  ...{state: 'up', version: '29.0.0', cgroup: '2', memory: GiB, architecture: 'x86_64'},
  ...{root: '/', containerdStore: false, kernel: release(), host: hostname(), proxy: false},
} as const;

/** A /proc of this kernel's settings. */
function procWith({inotify}: {inotify: number}): string {
  const proc = emptyDirectory();
  mkdirSync(join(proc, 'sys/fs/inotify'), {recursive: true});
  writeFileSync(join(proc, 'sys/fs/inotify/max_user_instances'), `${inotify}\n`);
  writeFileSync(join(proc, 'meminfo'), 'MemTotal: 4194304 kB\nMemAvailable:    2097152 kB\n');
  return proc;
}

const looking = (is: {
  home?: string;
  proc?: string;
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
}) =>
  inspector({
    ...{env: {}, platform: 'linux', clock: realClock, stateDirectory: '/', k3sImage: undefined, home: '/'},
    ...is,
  });

describe('what the kernel says', () => {
  test('where Docker runs on this machine', async () => {
    const facts = await looking({proc: procWith({inotify: 128})}).machine(here, [], signal);
    expect(facts).toMatchObject({inotifyInstances: 128, memoryFree: 2 * GiB, dockerDisk: {path: '/'}});
  });
  test.each<[string, DockerUp | undefined, NodeJS.Platform]>([
    ['Docker in a virtual machine', {...here, kernel: '6.10.14-linuxkit'}, 'linux'],
    ['Docker on another machine', {...here, host: 'elsewhere'}, 'linux'],
    ['macOS', {...here}, 'darwin'],
    ['no Docker', undefined, 'linux'],
  ])('is left out where the nodes have another kernel: %s', async (_what, docker, platform) => {
    const facts = await looking({proc: procWith({inotify: 128}), platform}).machine(docker, [], signal);
    for (const of of ['inotifyInstances', 'memoryFree', 'dockerDisk']) expect(facts).not.toHaveProperty(of);
    expect(facts.home).toMatchObject({path: '/'});
  });
  test('what cannot be read is left out', async () => {
    const facts = await looking({proc: emptyDirectory()}).machine(here, [], signal);
    expect(facts).not.toHaveProperty('inotifyInstances');
  });
  test.runIf(process.platform === 'linux')('the real one', async () => {
    const facts = await looking({}).machine(here, [], signal);
    const real = Number(readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8'));
    expect(facts.inotifyInstances).toBe(real);
    expect(facts.memoryFree).toBeGreaterThan(0);
  });
  test('the limit is raised', async () => {
    const proc = procWith({inotify: 128});
    const inspecting = looking({proc});
    await inspecting.raiseInotify(8192);
    expect((await inspecting.machine(here, [], signal)).inotifyInstances).toBe(8192);
  });
  test('a limit that may not be raised is said as such', async () => {
    const raised = looking({proc: '/nowhere'}).raiseInotify(8192);
    await expect(raised).rejects.toMatchObject({code: 'file-unwritable'});
  });
});

describe('the disk', () => {
  test('of a folder that is not there yet', async () => {
    const home = join(emptyDirectory(), 'not', 'yet');
    const facts = await looking({home}).machine(undefined, [], signal);
    expect(facts.home).toMatchObject({path: home, free: expect.any(Number)});
  });
  test.runIf(canMount)('that is full', async () => {
    const home = emptyDirectory();
    mountSmallDisk(home, '1m');
    writeFileSync(join(home, 'all'), Buffer.alloc(2 ** 20 - 8192));
    const facts = await looking({home}).machine(undefined, [], signal);
    expect(facts.home).toMatchObject({path: home, total: 2 ** 20});
    expect(facts.home?.free).toBeLessThan(16_384);
  });
});

test('ports: those that somebody listens on', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise(resolve => server.once('listening', resolve));
  const {port} = server.address() as {port: number};
  const free = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => free.once('listening', resolve));
  const {port: unused} = free.address() as {port: number};
  await new Promise(resolve => free.close(resolve));
  const {portsTaken} = await looking({}).machine(undefined, [port, unused], signal);
  expect(portsTaken).toEqual([port]);
});

test.each<[Record<string, string>, object]>([
  [{}, {noProxy: ''}],
  [
    {HTTPS_PROXY: 'http://p:1', no_proxy: 'a,b'},
    {proxy: 'HTTPS_PROXY', noProxy: 'a,b'},
  ],
  [{http_proxy: 'http://p:1'}, {proxy: 'http_proxy'}],
  [{HTTP_PROXY: 'http://p:1', https_proxy: 'http://p:1'}, {proxy: 'https_proxy'}],
  [{HTTPS_PROXY: ''}, {noProxy: ''}],
])('proxies: %j', async (env, said) => {
  const facts = await looking({env}).machine(undefined, [], signal);
  expect(facts).toMatchObject(said);
  if (!('proxy' in said)) expect(facts).not.toHaveProperty('proxy');
});
