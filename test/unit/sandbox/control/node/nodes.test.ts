import {expect, test} from 'vitest';
import {nodeHeartbeats} from '../../../../../src/sandbox/control/node/heartbeats.ts';
import {nodeLifecycle} from '../../../../../src/sandbox/control/node/lifecycle.ts';
import {taintEviction} from '../../../../../src/sandbox/control/node/taint-eviction.ts';
import {openCluster} from '../open-cluster.ts';

/** With all three nodes registered. */
async function open() {
  const cluster = await openCluster([nodeHeartbeats, nodeLifecycle, taintEviction]);
  const {clock, registry, getNode} = cluster;
  await expect.poll(() => clock.advance(0).then(() => registry.list('nodes').length)).toBe(3);
  await clock.advance(0);
  const condition = (name: string, type: string) =>
    getNode(name)?.status?.conditions?.find(one => one.type === type);
  const runningPod = (name: string, nodeName: string, spec: object = {}) => {
    const pod = cluster.pod(name, {nodeName, ...spec});
    registry.change(
      'pods',
      pod,
      draft => {
        draft.status = {...draft.status, phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]};
      },
      {subresource: 'status'},
    );
  };
  const lease = (name: string) =>
    registry.get('leases.coordination.k8s.io', 'kube-node-lease', name)?.spec?.renewTime;
  return {...cluster, condition, runningPod, lease};
}

const tolerating = (seconds: number) => ({
  tolerations: [
    {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: seconds,
    },
  ],
});

test('each machine has a Node, as its kubelet registers it', async () => {
  const {getNode, registry, eventsOf} = await open();
  expect(getNode('server-0')).toMatchObject({
    metadata: {
      labels: {
        'kubernetes.io/hostname': 'server-0',
        'kubernetes.io/os': 'linux',
        'node-role.kubernetes.io/control-plane': 'true',
      },
    },
    spec: {podCIDR: '10.42.0.0/24', podCIDRs: ['10.42.0.0/24']},
    status: {
      addresses: [
        {type: 'InternalIP', address: '172.18.0.2'},
        {type: 'Hostname', address: 'server-0'},
      ],
      nodeInfo: {kubeletVersion: 'v1.35.4', operatingSystem: 'linux'},
      allocatable: {pods: '110'},
    },
  });
  expect(getNode('server-0')?.spec).not.toHaveProperty('taints');
  expect(getNode('agent-1')?.metadata.labels).not.toHaveProperty('node-role.kubernetes.io/control-plane');
  const ranges = registry.list('nodes').map(({metadata, spec}) => [metadata.name, spec?.podCIDR]);
  expect(ranges).toEqual([
    ['agent-0', '10.42.1.0/24'],
    ['agent-1', '10.42.2.0/24'],
    ['server-0', '10.42.0.0/24'],
  ]);
  expect(registry.list('csinodes.storage.k8s.io').map(({metadata}) => metadata.name)).toEqual([
    'agent-0',
    'agent-1',
    'server-0',
  ]);
  expect(eventsOf('agent-0')).toEqual([
    'Starting ×1: Starting kubelet.',
    'NodeHasSufficientMemory ×1: Node agent-0 status is now: NodeHasSufficientMemory',
    'NodeHasNoDiskPressure ×1: Node agent-0 status is now: NodeHasNoDiskPressure',
    'NodeHasSufficientPID ×1: Node agent-0 status is now: NodeHasSufficientPID',
    'NodeReady ×1: Node agent-0 status is now: NodeReady',
    'NodeAllocatableEnforced ×1: Updated Node Allocatable limit across pods',
    'RegisteredNode ×1: Node agent-0 event: Registered Node agent-0 in Controller',
  ]);
});

test('leases are renewed every 10 s, statuses every 5 min, and the nodes stay Ready', async () => {
  const {clock, lease, condition} = await open();
  const [firstLease, firstStatus] = [lease('agent-0'), condition('agent-0', 'Ready')?.lastHeartbeatTime];
  await clock.advance(10_000);
  expect(lease('agent-0')).not.toBe(firstLease);
  expect(condition('agent-0', 'Ready')?.lastHeartbeatTime).toBe(firstStatus);
  await clock.advance(300_000);
  expect(condition('agent-0', 'Ready')).toMatchObject({status: 'True', reason: 'KubeletReady'});
  expect(condition('agent-0', 'Ready')?.lastHeartbeatTime).not.toBe(firstStatus);
});

test('a machine that is off is NotReady after 50 s of silence: conditions, taints, its Pods and events', async () => {
  const {clock, machines, runningPod, condition, getNode, getPod, eventsOf} = await open();
  runningPod('db', 'agent-0');
  await machines.get('agent-0')?.stop();
  await clock.advance(49_000);
  expect(condition('agent-0', 'Ready')?.status).toBe('True');
  await clock.advance(2_000);
  for (const type of ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'])
    expect(condition('agent-0', type)).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
  expect(getNode('agent-0')?.spec?.taints).toEqual([
    {key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule', timeAdded: expect.any(String)},
    {key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: expect.any(String)},
  ]);
  expect(getPod('db')?.status?.conditions).toEqual([
    {type: 'Ready', status: 'False', lastTransitionTime: expect.any(String)},
  ]);
  expect(eventsOf('db')).toEqual(['NodeNotReady ×1: Node is not ready']);
  expect(eventsOf('agent-0')).toContain('NodeNotReady ×1: Node agent-0 status is now: NodeNotReady');
  expect(condition('agent-1', 'Ready')?.status).toBe('True');
});

test('a machine that is switched on again is Ready within 3 s, without taints', async () => {
  const {clock, machines, condition, getNode, eventsOf} = await open();
  await machines.get('agent-0')?.stop();
  await clock.advance(60_000);
  await machines.get('agent-0')?.start();
  await clock.advance(1_500);
  await expect.poll(() => clock.advance(0).then(() => condition('agent-0', 'Ready')?.status)).toBe('True');
  await clock.advance(0);
  expect(getNode('agent-0')?.spec).not.toHaveProperty('taints');
  expect(eventsOf('agent-0')).toContain('NodeReady ×2: Node agent-0 status is now: NodeReady');
});

test('a cordon becomes a taint, and goes with it', async () => {
  const {clock, registry, getNode} = await open();
  const cordon = (unschedulable: boolean) =>
    registry.change('nodes', {name: 'agent-1'}, draft => {
      draft.spec = {...draft.spec, unschedulable};
    });
  cordon(true);
  await clock.advance(0);
  expect(getNode('agent-1')?.spec?.taints).toEqual([
    {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: expect.any(String)},
  ]);
  cordon(false);
  await clock.advance(0);
  expect(getNode('agent-1')?.spec).not.toHaveProperty('taints');
});

test('a kubelet tells of a cordon with its next beat', async () => {
  const {clock, registry, eventsOf} = await open();
  const cordon = (unschedulable: boolean) =>
    registry.change('nodes', {name: 'agent-0'}, draft => {
      draft.spec = {...draft.spec, unschedulable};
    });
  const told = () => eventsOf('agent-0').filter(said => said.includes('Schedulable'));
  for (const unschedulable of [true, true, false]) {
    cordon(unschedulable);
    await clock.advance(10_000);
  }
  expect(told()).toEqual([
    'NodeNotSchedulable ×1: Node agent-0 status is now: NodeNotSchedulable',
    'NodeSchedulable ×1: Node agent-0 status is now: NodeSchedulable',
  ]);
});

test('Pods of a lost node are deleted once they have tolerated it for long enough', async () => {
  const {clock, machines, runningPod, getPod, eventsOf} = await open();
  runningPod('short', 'agent-0', tolerating(10));
  runningPod('default', 'agent-0');
  runningPod('patient', 'agent-0', {tolerations: [{operator: 'Exists'}]});
  await machines.get('agent-0')?.stop();
  await clock.advance(59_000);
  expect(getPod('short')?.metadata.deletionTimestamp).toBeUndefined();
  await clock.advance(3_000);
  expect(getPod('short')?.metadata).toMatchObject({deletionGracePeriodSeconds: 30});
  expect(getPod('short')?.status?.conditions).toContainEqual(
    expect.objectContaining({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    }),
  );
  expect(eventsOf('short')).toContain('TaintManagerEviction ×1: Marking for deletion Pod lab/short');
  expect(getPod('default')?.metadata.deletionTimestamp).toBeUndefined();
  await clock.advance(290_000);
  expect(getPod('default')?.metadata.deletionTimestamp).toBeDefined();
  expect(getPod('patient')?.metadata.deletionTimestamp).toBeUndefined();
});

test('a node that comes back in time keeps its Pods', async () => {
  const {clock, machines, runningPod, getPod, eventsOf} = await open();
  runningPod('db', 'agent-0', tolerating(60));
  await machines.get('agent-0')?.stop();
  await clock.advance(60_000);
  await machines.get('agent-0')?.start();
  await clock.advance(2_000);
  await expect
    .poll(() => clock.advance(0).then(() => eventsOf('db')))
    .toContain('TaintManagerEviction ×1: Cancelling deletion of Pod lab/db');
  await clock.advance(120_000);
  expect(getPod('db')?.metadata.deletionTimestamp).toBeUndefined();
});

test('a taint of the learner’s own evicts at once who does not tolerate it', async () => {
  const {clock, registry, runningPod, getPod} = await open();
  runningPod('db', 'agent-0');
  registry.change('nodes', {name: 'agent-0'}, draft => {
    draft.spec = {...draft.spec, taints: [{key: 'away', effect: 'NoExecute'}]};
  });
  await clock.advance(0);
  expect(getPod('db')?.metadata.deletionTimestamp).toBeDefined();
});

test('a deleted Node comes back only when its machine is switched on again', async () => {
  const {clock, registry, machines, getNode, eventsOf} = await open();
  const before = getNode('agent-0')?.metadata.uid;
  registry.delete('nodes', undefined, 'agent-0');
  await clock.advance(400_000);
  expect(getNode('agent-0')).toBeUndefined();
  expect(eventsOf('agent-0')).toContain(
    'RemovingNode ×1: Node agent-0 event: Removing Node agent-0 from Controller',
  );
  await machines.get('agent-0')?.stop();
  await machines.get('agent-0')?.start();
  await clock.advance(1_500);
  await expect.poll(() => clock.advance(0).then(() => getNode('agent-0')?.metadata.uid)).toBeDefined();
  expect(getNode('agent-0')?.metadata.uid).not.toBe(before);
});

test('what a Pod has tolerated already counts when the controller is started again', async () => {
  const {clock, node, pod, start, getPod} = await openCluster([nodeLifecycle]);
  node('agent-0');
  pod('db', {nodeName: 'agent-0', ...tolerating(60)});
  await clock.advance(51_000); // its kubelet was never there
  await clock.advance(40_000);
  start(taintEviction);
  await clock.advance(17_000);
  expect(getPod('db')?.metadata.deletionTimestamp).toBeUndefined();
  await clock.advance(4_000);
  expect(getPod('db')?.metadata.deletionTimestamp).toBeDefined();
});
