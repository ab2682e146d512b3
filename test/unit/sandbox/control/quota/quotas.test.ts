import {expect, test} from 'vitest';
import {resourceQuotas} from '../../../../../src/sandbox/control/quota/quotas.ts';
import {openCluster} from '../open-cluster.ts';

async function openQuota(hard: Record<string, string>) {
  const cluster = await openCluster([resourceQuotas]);
  const {registry, clock} = cluster;
  registry.create('resourcequotas', {metadata: {namespace: 'lab', name: 'a'}, spec: {hard}});
  await clock.advance(0);
  return {
    ...cluster,
    status: () => registry.get('resourcequotas', 'lab', 'a')?.status,
    pod: (name: string, requests?: Record<string, string>) =>
      registry.create('pods', {
        metadata: {namespace: 'lab', name},
        spec: {containers: [{name: 'box', image: 'busybox:1.37', ...(requests && {resources: {requests}})}]},
      }),
    claim: (name: string, storage: string) =>
      registry.create('persistentvolumeclaims', {
        metadata: {namespace: 'lab', name},
        spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'other', resources: {requests: {storage}}},
      }),
  };
}

// The messages are those of a real cluster.
test('no more Pods than the quota allows, until one has ended', async () => {
  const {pod, registry, status, clock} = await openQuota({pods: '1', 'requests.cpu': '1'});
  const first = pod('one', {cpu: '10m'});
  expect(() => pod('two', {cpu: '10m'})).toThrow(
    'pods "two" is forbidden: exceeded quota: a, requested: pods=1, used: pods=1, limited: pods=1',
  );
  await clock.advance(0);
  expect(status()).toEqual({
    hard: {pods: '1', 'requests.cpu': '1'},
    used: {pods: '1', 'requests.cpu': '10m'},
  });
  registry.change(
    'pods',
    first,
    ({status = {}}) => {
      status.phase = 'Succeeded';
    },
    {subresource: 'status'},
  );
  await clock.advance(0);
  expect(status()?.used).toEqual({pods: '0', 'requests.cpu': '0'});
  expect(pod('two', {cpu: '10m'}).metadata.name).toBe('two');
});

test('a Pod has to say how much it takes of what is limited', async () => {
  const {pod} = await openQuota({'requests.memory': '1Gi'});
  expect(() => pod('p')).toThrow(
    'pods "p" is forbidden: failed quota: a: must specify requests.memory for: box',
  );
});

test('claims are added up by their size', async () => {
  const {claim} = await openQuota({'requests.storage': '1Gi', persistentvolumeclaims: '5'});
  claim('small', '600Mi');
  expect(() => claim('cc', '600Mi')).toThrow(
    'persistentvolumeclaims "cc" is forbidden: exceeded quota: a, requested: requests.storage=600Mi, used: requests.storage=600Mi, limited: requests.storage=1Gi',
  );
});

test('what is created elsewhere does not count, and no other kinds do', async () => {
  const {registry, pod} = await openQuota({'count/secrets': '0'});
  expect(pod('p').metadata.name).toBe('p');
  const secret = (namespace: string) =>
    registry.create('secrets', {metadata: {namespace, name: 't'}, type: 'Opaque'});
  expect(secret('default').metadata.name).toBe('t');
  expect(() => secret('lab')).toThrow(
    'secrets "t" is forbidden: exceeded quota: a, requested: count/secrets=1, used: count/secrets=0, limited: count/secrets=0',
  );
});

test('a name that is no resource is refused', async () => {
  await expect(openQuota({bogus: '1'})).rejects.toThrow(
    'must be a standard resource type or fully qualified',
  );
});
