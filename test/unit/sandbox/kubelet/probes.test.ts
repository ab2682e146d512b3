import type {Probe} from 'kubernetes-types/core/v1.d.ts';
import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

test('a Pod is ready when its readiness probe says so, and no longer', async () => {
  const {create, until, status, exec, events} = await openNode();
  create('web', {
    command: ['serve'],
    readinessProbe: {exec: {command: ['healthy']}, periodSeconds: 2, failureThreshold: 1},
  });
  const ready = () => status('web')?.conditions?.find(({type}) => type === 'Ready');
  await until(() => status('web')?.phase === 'Running');
  expect(events('web')).toContain('spec.containers{c} Unhealthy ×1: Readiness probe failed: not healthy\n');
  expect(status('web')).toMatchObject({phase: 'Running', containerStatuses: [{ready: false, started: true}]});
  expect(ready()).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [c]',
  });
  await exec('web', ['write', '/healthy', '']);
  await until(() => ready()?.status === 'True');
  expect(status('web')?.containerStatuses?.[0]).toMatchObject({ready: true, restartCount: 0});
});

test('a container that is not alive is killed and started again', async () => {
  const {create, until, containers, events} = await openNode();
  const livenessProbe = {
    exec: {command: ['exit', '4', 'bad']},
    initialDelaySeconds: 5,
    periodSeconds: 5,
    failureThreshold: 2,
  };
  create('web', {command: ['serve'], livenessProbe});
  await until(() => containers('web')[0]?.restartCount === 1);
  expect(containers('web')[0]?.lastState?.terminated).toMatchObject({
    exitCode: 0,
    startedAt: '2026-11-21T12:00:00Z',
    finishedAt: expect.stringMatching(/12:00:1[0-2]Z$/),
  });
  expect(events('web').slice(3, 5)).toEqual([
    'spec.containers{c} Unhealthy ×2: Liveness probe failed: bad\n',
    'spec.containers{c} Killing ×1: Container c failed liveness probe, will be restarted',
  ]);
});

test('the other probes wait for the startup probe', async () => {
  const {create, until, pass, status, exec, events} = await openNode();
  create('web', {
    command: ['serve'],
    startupProbe: {exec: {command: ['healthy']}, periodSeconds: 2, failureThreshold: 100},
    livenessProbe: {exec: {command: ['healthy']}, periodSeconds: 1, failureThreshold: 1},
  });
  await until(() => status('web')?.phase === 'Running');
  await pass(10_000);
  expect(status('web')?.containerStatuses?.[0]).toMatchObject({
    started: false,
    ready: false,
    restartCount: 0,
  });
  expect(events('web').some(event => event.includes('Liveness'))).toBe(false);
  await exec('web', ['write', '/healthy', '']);
  await until(() => status('web')?.containerStatuses?.[0]?.ready);
});

test('a container that does not start up is killed', async () => {
  const {create, until, containers, events} = await openNode();
  create('web', {
    command: ['serve'],
    startupProbe: {tcpSocket: {port: 99}, periodSeconds: 1, failureThreshold: 2},
  });
  await until(() => containers('web')[0]?.restartCount === 1);
  expect(events('web').slice(3, 5)).toEqual([
    expect.stringMatching(
      /Unhealthy ×\d: Startup probe failed: dial tcp 10\.42\.1\.2:99: connect: connection refused$/,
    ),
    'spec.containers{c} Killing ×1: Container c failed startup probe, will be restarted',
  ]);
});

test.each<[string, Probe]>([
  ['httpGet', {httpGet: {port: 80, path: '/'}}],
  ['httpGet to a named port', {httpGet: {port: 'http'}}],
  ['tcpSocket', {tcpSocket: {port: 80}}],
])('%s reaches the Pod', async (_, readinessProbe) => {
  const {create, until, status} = await openNode();
  create('web', {command: ['serve'], ports: [{name: 'http', containerPort: 80}], readinessProbe});
  await until(() => status('web')?.containerStatuses?.[0]?.ready);
});

test.each<[string, Probe, string]>([
  [
    'an HTTP probe that nobody answers',
    {httpGet: {port: 98}},
    'Readiness probe failed: Get "http://10.42.1.2:98/": dial tcp 10.42.1.2:98: connect: connection refused',
  ],
  [
    'a command that takes too long',
    {exec: {command: ['sleep', '10000']}},
    'Readiness probe failed: command timed out: "sleep 10000" timed out after 1s',
  ],
])('%s', async (_, readinessProbe, message) => {
  const {create, until, events} = await openNode();
  create('web', {command: ['serve'], readinessProbe});
  await until(() => events('web').length > 3);
  expect(events('web')[3]).toBe(`spec.containers{c} Unhealthy ×1: ${message}`);
});

test('a probe that cannot be run counts neither way', async () => {
  const {create, until, pass, events, containers} = await openNode();
  create('web', {
    command: ['serve'],
    livenessProbe: {exec: {command: ['nosuch']}, periodSeconds: 1, failureThreshold: 1},
  });
  await until(() => events('web').length > 3);
  expect(events('web')[3]).toMatch(
    /Unhealthy ×1: Liveness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in \$PATH: unknown$/,
  );
  await pass(5000);
  expect(containers('web')[0]?.restartCount).toBe(0);
});

test('readiness gates', async () => {
  const {create, until, status, registry} = await openNode();
  const web = create('web', {command: ['serve']}, {readinessGates: [{conditionType: 'lab/ok'}]});
  const ready = () => status('web')?.conditions?.find(({type}) => type === 'Ready');
  await until(() => status('web')?.phase === 'Running');
  expect(ready()).toMatchObject({
    status: 'False',
    reason: 'ReadinessGatesNotReady',
    message: 'corresponding condition of pod readiness gate "lab/ok" does not exist.',
  });
  registry.change(
    'pods',
    web,
    draft => {
      draft.status?.conditions?.push({type: 'lab/ok', status: 'True'});
    },
    {subresource: 'status'},
  );
  await until(() => ready()?.status === 'True');
  expect(status('web')?.conditions?.map(({type}) => type)[0]).toBe('lab/ok');
});
