import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

test('a Pod runs, with the status that a kubelet of 1.35 writes', async () => {
  const {create, until, status} = await openNode();
  create('web', {command: ['serve'], resources: {requests: {cpu: '10m'}}});
  await until(() => status('web')?.phase === 'Running');
  expect(status('web')).toMatchObject({
    phase: 'Running',
    observedGeneration: 1,
    hostIP: '172.18.0.3',
    hostIPs: [{ip: '172.18.0.3'}],
    podIP: '10.42.1.2',
    podIPs: [{ip: '10.42.1.2'}],
    qosClass: 'Burstable',
    startTime: expect.stringMatching(/^2026-11-21T12:00:0\dZ$/),
    containerStatuses: [
      {
        name: 'c',
        ready: true,
        started: true,
        restartCount: 0,
        image: 'docker.io/library/tool:1',
        imageID: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
        state: {running: {startedAt: expect.any(String)}},
        lastState: {},
        resources: {requests: {cpu: '10m'}},
        allocatedResources: {cpu: '10m'},
      },
    ],
  });
});

test('conditions come in the order and with the fields of a real kubelet', async () => {
  const {create, until, status} = await openNode();
  create('web', {command: ['serve']});
  await until(() => status('web')?.phase === 'Running');
  expect(status('web')?.conditions?.map(({type, status: said}) => `${type} ${said}`)).toEqual([
    'PodReadyToStartContainers True',
    'Initialized True',
    'Ready True',
    'ContainersReady True',
    'PodScheduled True',
  ]);
  expect(status('web')?.conditions?.[0]).toMatchObject({lastProbeTime: null, observedGeneration: 1});
});

test('events tell of the start in the words of 1.35', async () => {
  const {create, until, status, events} = await openNode();
  create('web', {command: ['serve']});
  await until(() => status('web')?.phase === 'Running');
  expect(events('web')).toEqual([
    'spec.containers{c} Pulled ×1: Container image "tool:1" already present on machine and can be accessed by the pod',
    'spec.containers{c} Created ×1: Container created',
    'spec.containers{c} Started ×1: Container started',
  ]);
});

test('init containers run one after the other, a sidecar stays', async () => {
  const {create, until, status, containers, pass} = await openNode();
  const initContainers = [
    {name: 'setup', image: 'tool:1', command: ['sleep', '3000']},
    {name: 'side', image: 'tool:1', command: ['sleep'], restartPolicy: 'Always'},
  ];
  create('web', {command: ['serve']}, {initContainers});
  await pass(1000);
  expect(containers('web').map(({name, state}) => `${name} ${Object.keys(state ?? {})}`)).toEqual([
    'setup running',
    'side waiting',
    'c waiting',
  ]);
  expect(status('web')).toMatchObject({phase: 'Pending'});
  expect(status('web')?.conditions?.find(({type}) => type === 'Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [setup side]',
  });
  await until(() => status('web')?.phase === 'Running');
  expect(containers('web').map(({name, ready, started}) => [name, ready, started])).toEqual([
    ['setup', true, false],
    ['side', true, true],
    ['c', true, true],
  ]);
});

test.each([
  [['exit', '0'], 'Succeeded', 'Completed', 'PodCompleted'],
  [['exit', '3'], 'Failed', 'Error', 'PodFailed'],
])('a Pod that is not to be restarted ends with its container: %s', async (command, phase, reason, why) => {
  const {create, until, status} = await openNode();
  create('job', {command}, {restartPolicy: 'Never'});
  await until(() => status('job')?.phase === phase);
  await until(() => status('job')?.conditions?.[0]?.status === 'False');
  expect(status('job')?.containerStatuses?.[0]?.state?.terminated).toMatchObject({
    exitCode: Number(command[1]),
    reason,
  });
  expect(status('job')?.conditions?.find(({type}) => type === 'Ready')).toMatchObject({
    status: 'False',
    reason: why,
  });
  expect(status('job')?.podIP).toBe('10.42.1.2');
});

test('a deleted Pod ends on SIGTERM, its end is told, and then it is gone', async () => {
  const {create, until, status, registry, remove, pod, events} = await openNode();
  create('web', {command: ['serve']});
  await until(() => status('web')?.phase === 'Running');
  const seen: unknown[] = [];
  registry.subscribe('pods', ({type, object}) => {
    seen.push([
      type,
      object.status?.phase,
      object.status?.containerStatuses?.[0]?.state?.terminated?.exitCode,
    ]);
  });
  remove('web');
  await until(() => !pod('web'));
  expect(seen.slice(-2)).toEqual([
    ['MODIFIED', 'Succeeded', 0],
    ['DELETED', 'Succeeded', 0],
  ]);
  expect(events('web')).toContain('spec.containers{c} Killing ×1: Stopping container c');
});

test('what takes no notice of SIGTERM is killed when its grace period is over', async () => {
  const {create, until, pass, status, registry, remove, pod} = await openNode();
  create('deaf', {command: ['sleep']}, {terminationGracePeriodSeconds: 20});
  await until(() => status('deaf')?.phase === 'Running');
  let last = status('deaf');
  registry.subscribe('pods', ({object}) => {
    last = object.status;
  });
  remove('deaf');
  await pass(19_000);
  expect(pod('deaf')).toBeDefined();
  await until(() => !pod('deaf'), 3000);
  expect(last?.containerStatuses?.[0]?.state?.terminated).toMatchObject({exitCode: 137, reason: 'Error'});
});

test('a Pod that is deleted before any container ran says so', async () => {
  const {create, until, status, registry, remove, pod} = await openNode();
  create('stuck', {}, {volumes: [{name: 'v', configMap: {name: 'nope'}}]});
  await until(() => status('stuck')?.phase === 'Pending');
  let last = status('stuck');
  registry.subscribe('pods', ({object}) => {
    last = object.status;
  });
  remove('stuck');
  await until(() => !pod('stuck'));
  expect(last).toMatchObject({
    phase: 'Failed',
    containerStatuses: [
      {
        state: {
          terminated: {
            exitCode: 137,
            reason: 'ContainerStatusUnknown',
            message: 'The container could not be located when the pod was terminated',
            startedAt: null,
            finishedAt: null,
          },
        },
      },
    ],
  });
});

test.each([
  ['never ran anything', 'tool:2', 'Pending'],
  ['ends at once', 'tool:1', 'Running'],
])(
  'a deleted Pod that %s is there for as long as kubectl takes to look, at any speed',
  async (_what, image, phase) => {
    const speed = 20;
    const {create, until, pass, status, remove, pod} = await openNode({speed});
    create('web', {command: ['serve'], image});
    await until(() => status('web')?.phase === phase);
    remove('web');
    await pass(450 * speed, 10 * speed);
    expect(pod('web')?.metadata.deletionTimestamp).toBeDefined();
    await until(() => !pod('web'), 100 * speed);
  },
);

test('a Pod that is deleted by force stops at once, and its name can be had again', async () => {
  const {create, until, status, remove, pod, kubelets} = await openNode();
  create('web', {command: ['sleep']}, {terminationGracePeriodSeconds: 600});
  await until(() => status('web')?.phase === 'Running');
  const before = pod('web')?.metadata.uid;
  remove('web', 0);
  create('web', {command: ['serve']});
  await until(() => status('web')?.phase === 'Running');
  expect(pod('web')?.metadata.uid).not.toBe(before);
  expect(kubelets.check('lab', 'web', undefined)).toBe('c');
});

test('a grace period that is cut short ends sooner', async () => {
  const {create, until, pass, status, remove, pod} = await openNode();
  create('deaf', {command: ['sleep']}, {terminationGracePeriodSeconds: 600});
  await until(() => status('deaf')?.phase === 'Running');
  remove('deaf');
  await pass(5000);
  remove('deaf', 1);
  await until(() => !pod('deaf'), 3000);
});

test('hooks that fail are told', async () => {
  const {create, until, status, remove, pod, events} = await openNode();
  const lifecycle = {preStop: {exec: {command: ['exit', '7']}}};
  create('web', {command: ['serve'], lifecycle});
  await until(() => status('web')?.phase === 'Running');
  remove('web');
  await until(() => !pod('web'));
  expect(events('web').slice(-2)).toEqual([
    'spec.containers{c} Killing ×1: Stopping container c',
    'spec.containers{c} FailedPreStopHook ×1: PreStopHook failed',
  ]);

  create('other', {command: ['serve'], lifecycle: {postStart: {exec: {command: ['exit', '7']}}}});
  await until(() => events('other').length >= 5);
  expect(events('other').slice(3, 5)).toEqual([
    'spec.containers{c} FailedPostStartHook ×1: PostStartHook failed',
    'spec.containers{c} Killing ×1: FailedPostStartHook',
  ]);
});

test('a changed image starts the container again', async () => {
  const {create, until, status, registry, containers, events} = await openNode();
  const web = create('web', {command: ['serve'], image: 'tool:2'});
  await until(() => containers('web')[0]?.state?.waiting?.reason === 'ErrImagePull');
  registry.change('pods', web, draft => {
    for (const container of draft.spec?.containers ?? []) container.image = 'tool:1';
  });
  await until(() => status('web')?.phase === 'Running');
  registry.change('pods', web, draft => {
    for (const container of draft.spec?.containers ?? []) container.image = 'docker.io/library/tool:2';
  });
  await until(() =>
    events('web').some(event => event.includes('Container c definition changed, will be restarted')),
  );
});

test('a Pod fails when it was active for longer than its deadline', async () => {
  const {create, until, status, events, pass} = await openNode();
  create('web', {command: ['serve']}, {activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 1});
  await until(() => status('web')?.phase === 'Running');
  await pass(3000, 500);
  expect(status('web')?.phase).toBe('Running');
  await until(() => status('web')?.containerStatuses?.[0]?.state?.terminated);
  const message = 'Pod was active on the node longer than the specified deadline';
  expect(status('web')).toMatchObject({phase: 'Failed', reason: 'DeadlineExceeded', message});
  expect(events('web').slice(-2)).toEqual([
    `DeadlineExceeded ×1: ${message}`,
    'spec.containers{c} Killing ×1: Stopping container c',
  ]);
  await pass(30_000, 1000);
  expect(status('web')).toMatchObject({phase: 'Failed', containerStatuses: [{restartCount: 0}]});
});
