import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

/** Seconds from a container's end to its next start, each time. */
async function pausesOf(command: string[], count: number) {
  const node = await openNode();
  const {create, until, containers, pod} = node;
  create('crash', {command});
  const pauses: number[] = [];
  for (let restarts = 1; restarts <= count; restarts++) {
    await until(() => containers('crash')[0]?.restartCount === restarts, 500_000, 500);
    const {state, lastState} = containers('crash')[0] ?? {};
    const started = state?.running?.startedAt ?? state?.terminated?.startedAt ?? '';
    pauses.push((Date.parse(started) - Date.parse(lastState?.terminated?.finishedAt ?? '')) / 1000);
  }
  return {...node, pauses, uid: pod('crash')?.metadata.uid};
}

test('a container is restarted at once, then after 10 s, and twice as long each time', async () => {
  const {pauses} = await pausesOf(['exit', '1'], 4);
  const least = [0, 10, 20, 40];
  expect(
    pauses.map((pause, index) => pause >= (least[index] ?? 0) && pause <= (least[index] ?? 0) + 7),
  ).toEqual([true, true, true, true]);
});

test('it shows as ended until its pause is over, then as in CrashLoopBackOff, then it runs', async () => {
  const {create, until, registry, containers, pod, events} = await openNode();
  const seen: string[] = [];
  registry.subscribe('pods', ({object}) => {
    const {state, restartCount} = object.status?.containerStatuses?.[0] ?? {};
    const what = state?.running ? 'Running' : (state?.terminated?.reason ?? state?.waiting?.reason);
    if (what) seen.push(`${restartCount} ${what}`);
  });
  create('crash', {command: ['sleep', '1000']});
  await until(() => containers('crash')[0]?.restartCount === 2);
  expect(seen).toEqual([
    '0 ContainerCreating',
    '0 Running',
    '0 Completed',
    '1 Running',
    '1 Completed',
    '1 CrashLoopBackOff',
    '2 Running',
  ]);
  const name = `crash_lab(${pod('crash')?.metadata.uid})`;
  expect(events('crash')).toContain(
    `spec.containers{c} BackOff ×1: Back-off restarting failed container c in pod ${name}`,
  );
});

test('CrashLoopBackOff says how long, and keeps the last end', async () => {
  const {create, until, containers, pod} = await openNode();
  create('crash', {command: ['exit', '3']});
  await until(() => containers('crash')[0]?.state?.waiting?.reason === 'CrashLoopBackOff', 20_000, 10);
  expect(containers('crash')[0]).toMatchObject({
    restartCount: 1,
    ready: false,
    started: false,
    state: {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off 10s restarting failed container=c pod=crash_lab(${pod('crash')?.metadata.uid})`,
      },
    },
    lastState: {terminated: {exitCode: 3, reason: 'Error'}},
  });
});

test('what ends before the next look is never shown as running', async () => {
  const {create, until, registry, containers} = await openNode();
  const states: string[] = [];
  registry.subscribe('pods', ({object}) => {
    states.push(...Object.keys(object.status?.containerStatuses?.[0]?.state ?? {}));
  });
  create('crash', {command: ['exit', '1']});
  await until(() => containers('crash')[0]?.restartCount === 1);
  expect(states).not.toContain('running');
});

test('a container that ran long enough starts from 10 s again', async () => {
  const {create, until, containers} = await openNode();
  create('slow', {command: ['sleep', '660000']});
  for (const restarts of [1, 2])
    await until(() => containers('slow')[0]?.restartCount === restarts, 800_000, 5_000);
  await until(() => containers('slow')[0]?.restartCount === 3, 800_000, 5_000);
  const {state, lastState} = containers('slow')[0] ?? {};
  const finished = Date.parse(lastState?.terminated?.finishedAt ?? '');
  expect(Date.parse(state?.running?.startedAt ?? '') - finished).toBeLessThan(10_000);
}, 20_000);

test('OnFailure restarts what failed, and only that', async () => {
  const {create, until, pass, containers, status} = await openNode();
  create('job', {command: ['exit', '1']}, {restartPolicy: 'OnFailure'});
  await until(() => containers('job')[0]?.restartCount === 1);
  create('done', {command: ['exit', '0']}, {restartPolicy: 'OnFailure'});
  await until(() => status('done')?.phase === 'Succeeded');
  await pass(20_000);
  expect(containers('done')[0]?.restartCount).toBe(0);
});

test('a command that the image lacks', async () => {
  const {create, until, containers, events} = await openNode();
  create('nocmd', {command: ['nosuch']});
  await until(() => containers('nocmd')[0]?.state?.waiting?.reason === 'RunContainerError');
  const message =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
    'unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown';
  expect(containers('nocmd')[0]).toMatchObject({
    state: {waiting: {message}},
    lastState: {
      terminated: {exitCode: 128, reason: 'StartError', message, startedAt: '1970-01-01T00:00:00Z'},
    },
  });
  expect(events('nocmd')).toContain(`spec.containers{c} Failed ×1: Error: ${message}`);
});

test('an image that is not simulated', async () => {
  const {create, until, containers, events} = await openNode();
  create('noimage', {image: 'redis:7'});
  const missing = '"redis:7" is not simulated; these are: tool:1';
  await until(() => containers('noimage')[0]?.state?.waiting?.reason === 'ErrImagePull');
  expect(containers('noimage')[0]?.state?.waiting?.message).toBe(missing);
  await until(() => containers('noimage')[0]?.state?.waiting?.reason === 'ImagePullBackOff');
  expect(containers('noimage')[0]?.state?.waiting?.message).toBe(
    `Back-off pulling image "redis:7": ErrImagePull: ${missing}`,
  );
  expect(events('noimage').map(event => event.replace('spec.containers{c} ', ''))).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Pulling'),
      expect.stringMatching(/^Failed ×\d+: Failed to pull image "redis:7": "redis:7" is not simulated/),
      expect.stringContaining('Error: ErrImagePull'),
      'BackOff ×1: Back-off pulling image "redis:7"',
      'Failed ×1: Error: ImagePullBackOff',
    ]),
  );
});

test.each([
  ['a Secret', {secretKeyRef: {name: 'x', key: 'k'}}, 'secret "x" not found'],
  ['a ConfigMap', {configMapKeyRef: {name: 'x', key: 'k'}}, 'configmap "x" not found'],
  [
    'a key',
    {configMapKeyRef: {name: 'kube-root-ca.crt', key: 'k'}},
    "couldn't find key k in ConfigMap lab/kube-root-ca.crt",
  ],
])('%s that is not there', async (_, valueFrom, message) => {
  const {create, until, containers, events, log} = await openNode();
  create('web', {env: [{name: 'A', valueFrom}]});
  await until(() => containers('web')[0]?.state?.waiting?.reason === 'CreateContainerConfigError');
  expect(containers('web')[0]?.state?.waiting?.message).toBe(message);
  expect(events('web')).toContain(`spec.containers{c} Failed ×1: Error: ${message}`);
  await expect(log('web')).rejects.toThrow(
    'container "c" in pod "web" is waiting to start: CreateContainerConfigError',
  );
});
