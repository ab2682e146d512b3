import {expect, test} from 'vitest';
import {nodeLifecycle} from '../../../../src/sandbox/control/node/lifecycle.ts';
import {persistentVolumeBinder} from '../../../../src/sandbox/control/storage/binder.ts';
import {localPathClass, localPathProvisioner} from '../../../../src/sandbox/control/storage/local-path.ts';
import {scheduler} from '../../../../src/sandbox/schedule/scheduler.ts';
import {openCluster} from '../control/open-cluster.ts';

/** Two agents and a server, all free. */
async function open() {
  const cluster = await openCluster([scheduler, persistentVolumeBinder, localPathProvisioner]);
  const {node, clock, getPod, registry, eventsOf} = cluster;
  for (const name of ['agent-0', 'agent-1', 'server-0']) node(name);
  await clock.advance(0);
  const nodeOf = (pod: string) => getPod(pod)?.spec?.nodeName;
  const nodesOf = (...pods: string[]) => pods.map(nodeOf);
  const why = (pod: string) => {
    const condition = getPod(pod)?.status?.conditions?.find(({type}) => type === 'PodScheduled');
    return condition?.message;
  };
  const cordon = (name: string, unschedulable = true) =>
    registry.change('nodes', {name}, draft => {
      draft.spec = {...draft.spec, unschedulable};
    });
  const failures = (pod: string) =>
    eventsOf(pod).filter(event => event.startsWith('FailedScheduling')).length;
  return {...cluster, nodeOf, nodesOf, why, cordon, failures};
}

const on = (hostname: string) => ({nodeSelector: {'kubernetes.io/hostname': hostname}});
const asking = (requests: Record<string, string>) => ({
  containers: [{name: 'main', image: 'busybox:1.37', resources: {requests, limits: requests}}],
});
const using = (claimName: string) => ({volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]});
const local = (hostname: string) => ({
  hostPath: undefined,
  local: {path: '/data'},
  nodeAffinity: {
    required: {
      nodeSelectorTerms: [
        {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [hostname]}]},
      ],
    },
  },
});
const postFilter = (...reasons: string[]) =>
  `no new claims to deallocate, preemption: 0/3 nodes are available: ${reasons.join(', ')}.`;
const notHelpful = postFilter('3 Preemption is not helpful for scheduling');
const oneCouldMakeRoom = postFilter(
  '1 No preemption victims found for incoming pod',
  '2 Preemption is not helpful for scheduling',
);

test('a Pod gets its node, the condition that says so, and an event', async () => {
  const {pod, clock, registry, getPod} = await open();
  pod('db', on('agent-1'));
  await clock.advance(0);
  expect(getPod('db')).toMatchObject({
    metadata: {generation: 1},
    spec: {nodeName: 'agent-1'},
    status: {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True', observedGeneration: 1}]},
  });
  expect(registry.list('events')).toMatchObject([
    {
      reason: 'Scheduled',
      action: 'Binding',
      message: 'Successfully assigned lab/db to agent-1',
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler-server-0',
    },
  ]);
});

test('Pods of one controller are spread over the nodes', async () => {
  const {pod, clock, nodesOf} = await open();
  const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'web-uid', controller: true};
  const names = ['web-0', 'web-1', 'web-2', 'web-3', 'web-4', 'web-5'];
  for (const name of names) pod(name, {}, {ownerReferences: [owner]});
  await clock.advance(0);
  const perNode = Object.groupBy(nodesOf(...names), name => name ?? 'none');
  expect(Object.values(perNode).map(pods => pods?.length)).toEqual([2, 2, 2]);
});

test('a preferred node outweighs one sibling there', async () => {
  const {pod, clock, nodesOf} = await open();
  const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'web-uid', controller: true};
  const preference = {
    matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: ['agent-1']}],
  };
  const nodeAffinity = {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference}]};
  for (const name of ['web-0', 'web-1']) pod(name, {affinity: {nodeAffinity}}, {ownerReferences: [owner]});
  await clock.advance(0);
  expect(nodesOf('web-0', 'web-1')).toEqual(['agent-1', 'agent-1']);
});

test('a Pod goes where most is free', async () => {
  const {pod, clock, nodeOf} = await open();
  pod('a', {...on('agent-0'), ...asking({cpu: '1', memory: '4Gi'})});
  pod('b', {...on('server-0'), ...asking({cpu: '500m', memory: '2Gi'})});
  await clock.advance(0);
  pod('c');
  await clock.advance(0);
  expect(nodeOf('c')).toBe('agent-1');
});

test.each([
  [
    'a node that is not there',
    on('nope'),
    `3 node(s) didn't match Pod's node affinity/selector. ${notHelpful}`,
  ],
  ['more cpu than any node has', asking({cpu: '64'}), `3 Insufficient cpu. ${notHelpful}`],
  [
    'more of everything than any node has',
    asking({cpu: '64', memory: '1Ti', 'x.y/z': '1'}),
    `3 Insufficient cpu, 3 Insufficient memory, 3 Insufficient x.y/z. ${notHelpful}`,
  ],
  [
    'a node whose cpu others have',
    {...on('agent-0'), ...asking({cpu: '1'})},
    `1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector. ${oneCouldMakeRoom}`,
  ],
  [
    'a port that is taken',
    {...on('agent-0'), containers: [{name: 'a', image: 'a', ports: [{containerPort: 80, hostPort: 8080}]}]},
    `1 node(s) didn't have free ports for the requested pod ports, 2 node(s) didn't match Pod's node affinity/selector. ${oneCouldMakeRoom}`,
  ],
  [
    'the neighbourhood of nobody',
    {affinity: {podAffinity: near('nobody')}},
    `3 node(s) didn't match pod affinity rules. ${notHelpful}`,
  ],
  [
    'to be far from who is there',
    {...on('agent-0'), affinity: {podAntiAffinity: near('loner')}},
    `1 node(s) didn't match pod anti-affinity rules, 2 node(s) didn't match Pod's node affinity/selector. ${oneCouldMakeRoom}`,
  ],
  [
    'a topology that no node has',
    {
      topologySpreadConstraints: [
        {maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {}},
      ],
    },
    `3 node(s) didn't match pod topology spread constraints (missing required label). ${notHelpful}`,
  ],
  [
    'one named node without room',
    {...asking({cpu: '64'}), affinity: named('agent-0')},
    `1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${notHelpful}`,
  ],
  ['a claim that is not there', using('nope'), 'persistentvolumeclaim "nope" not found. not found'],
  [
    'a claim that nobody binds',
    using('unbound'),
    'pod has unbound immediate PersistentVolumeClaims. not found',
  ],
])('a Pod that asks for %s stays Pending, and is told why', async (_what, spec, message) => {
  const {pod, claim, clock, why, failures, getPod} = await open();
  pod(
    'occupant',
    {
      ...on('agent-0'),
      containers: [
        {
          name: 'a',
          image: 'a',
          ports: [{containerPort: 80, hostPort: 8080}],
          resources: {requests: {cpu: '1500m'}},
        },
      ],
    },
    {labels: {app: 'loner'}},
  );
  claim('unbound', {storageClassName: ''});
  await clock.advance(0);
  pod('db', spec);
  await clock.advance(0);
  expect(why('db')).toBe(`0/3 nodes are available: ${message}`);
  expect(getPod('db')?.status?.conditions).toMatchObject([{status: 'False', reason: 'Unschedulable'}]);
  await clock.advance(60_000);
  expect(failures('db')).toBe(1);
});

function near(app: string) {
  const term = {topologyKey: 'kubernetes.io/hostname', labelSelector: {matchLabels: {app}}};
  return {requiredDuringSchedulingIgnoredDuringExecution: [term]};
}

function named(node: string) {
  const term = {matchFields: [{key: 'metadata.name', operator: 'In', values: [node]}]};
  return {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [term]}}};
}

test('who lives alone keeps others away', async () => {
  const {pod, clock, why} = await open();
  pod('loner', {...on('agent-0'), affinity: {podAntiAffinity: near('noisy')}});
  pod('neighbour', on('agent-0'), {labels: {app: 'noisy'}});
  await clock.advance(0);
  expect(why('neighbour')).toContain("1 node(s) didn't satisfy existing pods anti-affinity rules");
});

test('the first of a group that wants to be together may go anywhere, the others follow', async () => {
  const {pod, clock, nodesOf} = await open();
  for (const name of ['a', 'b', 'c'])
    pod(name, {affinity: {podAffinity: near('group')}}, {labels: {app: 'group'}});
  await clock.advance(0);
  expect(new Set(nodesOf('a', 'b', 'c')).size).toBe(1);
  expect(nodesOf('a')).not.toContain(undefined);
});

test('cordoned and tainted nodes are told apart, and tried again when they open', async () => {
  const {pod, clock, registry, why, cordon, nodeOf, failures} = await open();
  cordon('agent-0');
  for (const name of ['agent-1', 'server-0'])
    registry.change('nodes', {name}, draft => {
      draft.spec = {...draft.spec, taints: [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}]};
    });
  await clock.advance(0);
  pod('db');
  pod('tolerant', {tolerations: [{key: 'dedicated', operator: 'Equal', value: 'db', effect: 'NoSchedule'}]});
  await clock.advance(0);
  expect(why('db')).toBe(
    `0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) had untolerated taint(s). ${notHelpful}`,
  );
  expect(['agent-1', 'server-0']).toContain(nodeOf('tolerant'));
  registry.change('nodes', {name: 'agent-0'}, ({metadata}) => {
    metadata.labels = {...metadata.labels, irrelevant: 'yes'};
  });
  await clock.advance(0);
  expect(failures('db')).toBe(1);
  cordon('agent-0', false);
  await clock.advance(0);
  expect(nodeOf('db')).toBe('agent-0');
});

test('a Pod that was rejected for want of room gets it when another leaves', async () => {
  const {pod, clock, nodeOf, deletePod} = await open();
  pod('first', {...on('agent-0'), ...asking({cpu: '1500m'})});
  await clock.advance(0);
  pod('second', {...on('agent-0'), ...asking({cpu: '1500m'})});
  await clock.advance(0);
  expect(nodeOf('second')).toBeUndefined();
  deletePod('first');
  await clock.advance(0);
  expect(nodeOf('second')).toBe('agent-0');
});

test('twenty Pods of a tenth of a core fill a node of two cores exactly', async () => {
  const {pod, clock, nodeOf} = await open();
  for (let index = 0; index <= 20; index++) pod(`p-${index}`, {...on('agent-0'), ...asking({cpu: '100m'})});
  await clock.advance(0);
  expect([nodeOf('p-19'), nodeOf('p-20')]).toEqual(['agent-0', undefined]);
});

test('the more important Pod is first', async () => {
  const {pod, clock, registry, nodesOf, cordon} = await open();
  registry.create('priorityclasses.scheduling.k8s.io', {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: {name: 'high'},
    value: 1000,
  });
  cordon('agent-1');
  cordon('server-0');
  await clock.advance(0);
  pod('low', asking({cpu: '1500m'}));
  pod('high', {...asking({cpu: '1500m'}), priorityClassName: 'high'});
  await clock.advance(0);
  expect(nodesOf('high', 'low')).toEqual(['agent-0', undefined]);
});

test('a Pod with a gate is left alone until the gate is gone; one of another scheduler for ever', async () => {
  const {pod, clock, registry, nodesOf} = await open();
  pod('gated', {schedulingGates: [{name: 'lab/gate'}]});
  pod('foreign', {schedulerName: 'mine'});
  await clock.advance(0);
  expect(nodesOf('gated', 'foreign')).toEqual([undefined, undefined]);
  registry.change('pods', {namespace: 'lab', name: 'gated'}, ({spec}) => {
    delete spec?.schedulingGates;
  });
  await clock.advance(0);
  expect(nodesOf('gated', 'foreign')).toEqual([expect.any(String), undefined]);
});

test('a Pod goes to its volume; where it may not, it is told of the conflict', async () => {
  const {pod, claim, volume, clock, nodeOf, why} = await open();
  volume('pv', {...local('agent-1'), storageClassName: 'manual'});
  claim('data', {storageClassName: 'manual'});
  await clock.advance(15_000);
  pod('db', using('data'));
  pod('astray', {...on('agent-0'), ...using('data')});
  await clock.advance(0);
  expect(nodeOf('db')).toBe('agent-1');
  expect(why('astray')).toBe(
    `0/3 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) didn't match Pod's node affinity/selector. ${notHelpful}`,
  );
});

test('a Pod with a claim that waits for it has the volume made on its node, and is bound after it', async () => {
  const {pod, claim, clock, registry, storageClass, getClaim, getVolume, getPod, nodeOf} = await open();
  storageClass(localPathClass);
  const nominated: unknown[] = [];
  registry.subscribe('pods', ({object}) => nominated.push(object.status?.nominatedNodeName));
  claim('data');
  pod('db', {...on('agent-1'), ...using('data')});
  await expect.poll(() => clock.advance(0).then(() => nodeOf('db'))).toBe('agent-1');
  expect(getClaim('data')?.metadata.annotations).toMatchObject({
    'volume.kubernetes.io/selected-node': 'agent-1',
    'pv.kubernetes.io/bind-completed': 'yes',
  });
  expect(getVolume(getClaim('data')?.spec?.volumeName ?? '')?.status?.phase).toBe('Bound');
  expect(nominated).toEqual([undefined, 'agent-1', undefined]);
  expect(getPod('db')?.status).not.toHaveProperty('nominatedNodeName');
});

test('with a class without a provisioner the scheduler chooses among the volumes that are there', async () => {
  const {pod, claim, volume, clock, storageClass, getClaim, nodeOf, why} = await open();
  storageClass({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {name: 'by-hand'},
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  claim('data', {storageClassName: 'by-hand'});
  pod('db', using('data'));
  await clock.advance(0);
  expect(why('db')).toBe(
    `0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. ${notHelpful}`,
  );
  volume('pv', {...local('server-0'), storageClassName: 'by-hand'});
  await clock.advance(0);
  expect([nodeOf('db'), getClaim('data')?.spec?.volumeName]).toEqual(['server-0', 'pv']);
});

test('when no volume comes for 10 minutes the Pod is told, and it is tried anew', async () => {
  const {pod, claim, clock, storageClass, nodeOf, eventsOf} = await open();
  storageClass({...localPathClass, provisioner: 'nobody.example/none'});
  claim('data');
  pod('db', using('data'));
  await clock.advance(599_000);
  expect(eventsOf('db')).toEqual([]);
  await clock.advance(2_000);
  expect(eventsOf('db')).toEqual([
    'FailedScheduling ×1: running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
  ]);
  expect(nodeOf('db')).toBeUndefined();
});

test('a claim for one Pod only is not given to a second', async () => {
  const {pod, claim, volume, clock, nodeOf, why, deletePod} = await open();
  volume('pv', {storageClassName: 'manual', accessModes: ['ReadWriteOncePod']});
  claim('data', {storageClassName: 'manual', accessModes: ['ReadWriteOncePod']});
  await clock.advance(15_000);
  pod('one', {...on('agent-0'), ...using('data')});
  await clock.advance(0);
  pod('two', {...on('agent-0'), ...using('data')});
  await clock.advance(0);
  expect(why('two')).toBe(
    `0/3 nodes are available: 1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod, 2 node(s) didn't match Pod's node affinity/selector. ${oneCouldMakeRoom}`,
  );
  deletePod('one');
  await clock.advance(0);
  expect(nodeOf('two')).toBe('agent-0');
});

test('a claim that appears later lets its Pod go', async () => {
  const {pod, claim, clock, storageClass, nodeOf} = await open();
  storageClass(localPathClass);
  pod('db', using('data'));
  await clock.advance(0);
  claim('data');
  await expect.poll(() => clock.advance(0).then(() => nodeOf('db'))).toBeDefined();
});

test('without any node that is said, and the first node takes the Pod', async () => {
  const {pod, node, clock, getPod} = await openCluster([scheduler, nodeLifecycle]);
  pod('db');
  await clock.advance(0);
  expect(getPod('db')?.status?.conditions).toMatchObject([{message: 'no nodes available to schedule pods'}]);
  node('only');
  await clock.advance(0);
  expect(getPod('db')?.spec?.nodeName).toBe('only');
});
