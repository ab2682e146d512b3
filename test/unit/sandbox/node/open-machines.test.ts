import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {NodeMachine} from '../../../../src/sandbox/node/machine.ts';
import {openMachines} from '../../../../src/sandbox/node/open-machines.ts';
import {temporaryDirectory} from '../temporary-directory.ts';

const descriptions = [
  {name: 'server-0', role: 'server', ip: '172.18.0.2'},
  {name: 'agent-0', role: 'agent', ip: '172.18.0.3'},
] as const;

async function nodes(directory = temporaryDirectory()) {
  const machines = await openMachines(directory, descriptions);
  const get = (name: string) => machines.get(name) as NodeMachine;
  return {directory, machines, server: get('server-0'), agent: get('agent-0')};
}

test('each node has files of its own', async () => {
  const {server, agent} = await nodes();
  await server.files.makeDirectory('/data/mariadb');
  expect(await server.files.list('/data')).toEqual(['mariadb']);
  await expect(agent.files.list('/data')).rejects.toMatchObject({code: 'ENOENT'});
});

test('the shared directory is the same on every node', async () => {
  const {server, agent} = await nodes();
  await server.files.makeDirectory('/lab-shared/mysql');
  expect(await agent.files.list('/lab-shared')).toEqual(['mysql']);
});

test.each([
  ['dots', '/../../../etc/passwd', 'etc/passwd'],
  ['an absolute link', '/absolute/passwd', 'etc/passwd'],
  ['a relative link that climbs', '/climbing/passwd', 'etc/passwd'],
  ['a link to a link', '/twice/passwd', 'etc/passwd'],
  ['dots behind a link', '/absolute/../x', 'x'],
])('%s stays inside of the node', async (_, path, inside) => {
  const {directory, agent} = await nodes();
  const root = join(directory, 'nodes/agent-0');
  symlinkSync('/etc', join(root, 'absolute'));
  symlinkSync('../../../../../../etc', join(root, 'climbing'));
  symlinkSync('/absolute', join(root, 'twice'));
  expect(await agent.files.hostPath(path)).toBe(join(root, inside));
});

test('a link that was made after the path was first used is seen', async () => {
  const {directory, agent} = await nodes();
  const root = join(directory, 'nodes/agent-0');
  expect(await agent.files.hostPath('/late/file')).toBe(join(root, 'late/file'));
  symlinkSync(join(directory, 'nodes/server-0'), join(root, 'late'));
  expect(await agent.files.hostPath('/late/file')).toBe(join(root, directory, 'nodes/server-0/file'));
});

test('a link into the shared directory leads there, and out of it nowhere else', async () => {
  const {directory, agent} = await nodes();
  symlinkSync('/lab-shared', join(directory, 'nodes/agent-0/link'));
  symlinkSync('/../..', join(directory, 'shared/out'));
  expect(await agent.files.hostPath('/link/file')).toBe(join(directory, 'shared/file'));
  expect(await agent.files.hostPath('/lab-shared/out/file')).toBe(join(directory, 'nodes/agent-0/file'));
});

test('links that lead to each other are refused', async () => {
  const {directory, agent} = await nodes();
  symlinkSync('/b', join(directory, 'nodes/agent-0/a'));
  symlinkSync('/a', join(directory, 'nodes/agent-0/b'));
  await expect(agent.files.hostPath('/a/file')).rejects.toMatchObject({code: 'ELOOP'});
});

test('to remove a link leaves alone what it leads to', async () => {
  const {directory, agent} = await nodes();
  const outside = join(directory, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'precious'), 'mine');
  symlinkSync(outside, join(directory, 'nodes/agent-0/link'));
  await agent.files.remove('/link');
  await agent.files.remove('/link');
  expect(existsSync(join(directory, 'nodes/agent-0/link'))).toBe(false);
  expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('mine');
});

test.each(['/', '/lab-shared', '/x/..'])('%s cannot be removed', async path => {
  const {agent} = await nodes();
  await expect(agent.files.remove(path)).rejects.toMatchObject({code: 'EBUSY'});
});

test('a stopped node is still off when the process starts again, and its files are there', async () => {
  const {directory, agent} = await nodes();
  await agent.files.makeDirectory('/data');
  await agent.stop();
  const again = await nodes(directory);
  expect([again.server.running, again.agent.running]).toEqual([true, false]);
  await again.agent.start();
  expect((await nodes(directory)).agent.running).toBe(true);
  expect(await again.agent.files.list('/')).toEqual(['data', 'lab-shared']);
});

test('a stop is over when all who listen are done, and told once', async () => {
  const {agent} = await nodes();
  const told: unknown[] = [];
  agent.onPower(async running => {
    await Promise.resolve();
    told.push(running);
  });
  await agent.stop();
  await agent.stop();
  expect(told).toEqual([false]);
});
