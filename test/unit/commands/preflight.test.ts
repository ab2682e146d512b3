import {expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {lookAhead, preflight} from '../../../src/commands/preflight.ts';
import type {Report} from '../../../src/commands/view.ts';
import type {ProviderId} from '../../../src/engine/ports.ts';
import type {DockerUp, MachineFacts} from '../../../src/preflight/facts.ts';
import type {Inspector} from '../../../src/preflight/ports.ts';
import {dockerUp, GiB, machine} from '../../helpers/facts.ts';

const full = {home: {path: '/home', free: 4096, total: GiB}};

/** A start on such a machine: what was asked of it, and what was said. */
async function start(
  provider: ProviderId,
  {
    docker = {},
    machine: of = {},
    running = false,
  }: {docker?: Partial<DockerUp>; machine?: Partial<MachineFacts>; running?: boolean},
) {
  const asked: string[] = [];
  const said: Report[] = [];
  const inspector: Partial<Inspector> = {
    docker: async () => {
      asked.push('docker');
      return {...dockerUp, ...docker};
    },
    machine: async () => ({...machine, ...of}),
    nodeImage: async () => 'rancher/k3s:v1.35.4-k3s1',
  };
  const app = {
    outside: {signal: new AbortController().signal},
    options: {},
    view: {report: (report: Report) => void said.push(report)},
    inspector: async () => inspector,
  } as unknown as App;
  const looking = lookAhead(app, {provider, cluster: 'lab', asked: true});
  const ended = await preflight(app, await looking, {running}).then(
    () => 'goes on',
    error => error,
  );
  const codes = said.flatMap(report =>
    report.type === 'preflight' ? report.findings.map(({code}) => code) : report.type,
  );
  return {ended, codes, asked};
}

test('where all is well nothing is said', async () => {
  expect(await start('k3d', {})).toEqual({ended: 'goes on', codes: [], asked: ['docker']});
});

test('Docker is not asked where nothing of it is needed', async () => {
  for (const provider of ['sandbox', 'context'] as const)
    expect(await start(provider, {docker: {cgroup: '1'}})).toEqual({ended: 'goes on', codes: [], asked: []});
});

test('a warning does not stop it', async () => {
  const {ended, codes} = await start('k3d', {machine: {inotifyInstances: 128}});
  expect({ended, codes}).toEqual({ended: 'goes on', codes: ['inotify-low']});
});

test('what a cluster has, when it runs, is not asked for again', async () => {
  const {codes} = await start('k3d', {
    machine: {inotifyInstances: 128},
    docker: {cgroup: '1'},
    running: true,
  });
  expect(codes).toEqual([]);
});

test.each(['k3d', 'sandbox', 'context'] as const)('a full disk stops it: %s', async provider => {
  const {ended, codes} = await start(provider, {machine: full, running: true});
  expect(codes).toEqual(['disk-short']);
  expect(ended).toMatchObject({code: 'not-ready', facts: {provider, cluster: 'lab'}});
});
