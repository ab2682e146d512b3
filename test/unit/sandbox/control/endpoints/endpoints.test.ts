import {expect, test} from 'vitest';
import {endpointSlices} from '../../../../../src/sandbox/control/endpoints/endpoint-slices.ts';
import {endpoints} from '../../../../../src/sandbox/control/endpoints/endpoints.ts';
import type {Of} from '../../../../../src/sandbox/objects.ts';
import {timestamp} from '../../../../../src/sandbox/timestamps.ts';
import {openCluster} from '../open-cluster.ts';

async function openService(spec: object = {}, labels: Record<string, string> = {}) {
  const cluster = await openCluster([endpoints, endpointSlices]);
  const {registry, clock, pod} = cluster;
  registry.create('services', {
    metadata: {namespace: 'lab', name: 'web', labels},
    spec: {selector: {app: 'web'}, ports: [{port: 80}], ...spec},
  });
  const say = (name: string, ready: boolean, change: Of<'pods'>['status'] = {}) =>
    registry.change(
      'pods',
      {namespace: 'lab', name},
      draft => {
        const lastTransitionTime = timestamp(clock.now());
        const conditions = [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime}];
        draft.status = {...draft.status, phase: 'Running', conditions, ...change};
      },
      {subresource: 'status'},
    );
  return {
    ...cluster,
    say,
    run: (name: string, podIP: string, rest: object = {}, ready = true) => {
      pod(name, {nodeName: 'agent-0', ...rest}, {labels: {app: 'web'}});
      say(name, ready, {podIP});
    },
    slices: () => registry.list('endpointslices.discovery.k8s.io', 'lab'),
    endpoints: () => registry.get('endpoints', 'lab', 'web'),
  };
}

test('a Service without Pods has an empty slice and empty Endpoints, labelled for it', async () => {
  const {clock, slices, endpoints} = await openService({clusterIP: 'None'}, {team: 'red'});
  await clock.advance(100);
  expect(slices()).toMatchObject([
    {
      metadata: {
        name: expect.stringMatching(/^web-[a-z0-9]{5}$/),
        labels: {
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': 'web',
          'service.kubernetes.io/headless': '',
          team: 'red',
        },
        ownerReferences: [{kind: 'Service', name: 'web', controller: true}],
      },
      addressType: 'IPv4',
      endpoints: [],
      ports: [],
    },
  ]);
  expect(endpoints()?.metadata.labels).toEqual({
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    'service.kubernetes.io/headless': '',
    team: 'red',
  });
  expect(endpoints()).not.toHaveProperty('subsets');
});

test('Pods are listed with how far they may be sent to', async () => {
  const {registry, clock, run, say, slices, endpoints} = await openService();
  run('a', '10.42.0.1');
  run('b', '10.42.0.2', {}, false);
  run('c', '10.42.0.3');
  registry.delete('pods', 'lab', 'c');
  await clock.advance(100);
  expect(slices()[0]?.endpoints.map(({addresses, conditions}) => [addresses[0], conditions])).toEqual([
    ['10.42.0.1', {ready: true, serving: true, terminating: false}],
    ['10.42.0.2', {ready: false, serving: false, terminating: false}],
    ['10.42.0.3', {ready: false, serving: true, terminating: true}],
  ]);
  expect(slices()[0]?.ports).toEqual([{name: '', port: 80, protocol: 'TCP'}]);
  const uid = registry.get('pods', 'lab', 'a')?.metadata.uid;
  expect(endpoints()?.subsets).toMatchObject([
    {
      addresses: [
        {
          ip: '10.42.0.1',
          nodeName: 'agent-0',
          targetRef: {kind: 'Pod', namespace: 'lab', name: 'a', uid},
        },
      ],
      notReadyAddresses: [{ip: '10.42.0.2'}],
      ports: [{port: 80, protocol: 'TCP'}],
    },
  ]);
  say('b', true);
  say('a', true, {phase: 'Succeeded'});
  await clock.advance(100);
  expect(endpoints()?.subsets?.[0]?.addresses?.map(({ip}) => ip)).toEqual(['10.42.0.2']);
});

test('a Service that publishes not-ready addresses calls all of them ready', async () => {
  const {clock, run, slices, endpoints} = await openService({publishNotReadyAddresses: true});
  run('a', '10.42.0.1', {}, false);
  await clock.advance(100);
  expect(slices()[0]?.endpoints[0]?.conditions).toEqual({ready: true, serving: false, terminating: false});
  expect(endpoints()?.subsets?.[0]?.addresses).toHaveLength(1);
});

test('a named target port leads to the port of that name, different Pods to different ones', async () => {
  const {clock, run, slices, endpoints} = await openService({ports: [{port: 80, targetPort: 'http'}]});
  const listening = (containerPort: number) => ({
    containers: [{name: 'a', image: 'a:1', ports: [{name: 'http', containerPort}]}],
  });
  run('old', '10.42.0.1', listening(8080));
  run('new', '10.42.0.2', listening(9090));
  await clock.advance(100);
  const ports = slices().map(slice => [slice.ports?.[0]?.port, slice.endpoints[0]?.addresses[0]]);
  expect(ports.toSorted()).toEqual([
    [8080, '10.42.0.1'],
    [9090, '10.42.0.2'],
  ]);
  expect(endpoints()?.subsets).toHaveLength(2);
});

test('a Pod with the Service for its subdomain has a host name', async () => {
  const {clock, run, slices} = await openService({clusterIP: 'None'});
  run('web-0', '10.42.0.1', {hostname: 'web-0', subdomain: 'web'});
  run('other', '10.42.0.2', {hostname: 'other', subdomain: 'elsewhere'});
  await clock.advance(100);
  const names = slices()[0]?.endpoints.map(({addresses, hostname}) => [addresses[0], hostname]);
  expect(names?.toSorted()).toEqual([
    ['10.42.0.1', 'web-0'],
    ['10.42.0.2', undefined],
  ]);
});

test('another selector brings other Pods; without a selector, nothing is touched any more', async () => {
  const {registry, clock, run, slices} = await openService();
  run('a', '10.42.0.1');
  await clock.advance(100);
  const select = (selector: Record<string, string> | undefined) =>
    registry.change('services', {namespace: 'lab', name: 'web'}, ({spec}) => {
      if (!spec) return;
      if (selector) spec.selector = selector;
      else delete spec.selector;
    });
  select({app: 'other'});
  await clock.advance(100);
  expect(slices()[0]).toMatchObject({endpoints: [], ports: []});
  select({app: 'web'});
  await clock.advance(100);
  select(undefined);
  registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0});
  await clock.advance(100);
  expect(slices()[0]?.endpoints).toHaveLength(1);
});

test('a slice holds a hundred endpoints, and who is in one stays there', async () => {
  const {registry, clock, run, slices} = await openService();
  for (let pod = 1; pod <= 150; pod++) run(`web-${pod}`, `10.42.1.${pod}`);
  await clock.advance(1000);
  const sizes = () =>
    slices()
      .map(slice => slice.endpoints.length)
      .toSorted((one, other) => one - other);
  expect(sizes()).toEqual([50, 100]);
  const before = slices().map(({metadata}) => metadata.name);
  registry.delete('pods', 'lab', 'web-1', {gracePeriodSeconds: 0});
  await clock.advance(1000);
  expect(sizes().reduce((sum, size) => sum + size, 0)).toBe(149);
  expect(slices().map(({metadata}) => metadata.name)).toEqual(before);
});

test('the Endpoints of a Service go with it', async () => {
  const {registry, clock, endpoints} = await openService();
  await clock.advance(100);
  registry.delete('services', 'lab', 'web');
  await clock.advance(100);
  expect(endpoints()).toBeUndefined();
});
