import {describe, expect, test} from 'vitest';
import {capabilitiesOf} from '../../../src/engine/capabilities.ts';
import type {Access, Cluster} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {unmetNeed} from '../../../src/lab/needs.ts';
import type {KubeObject} from '../../../src/world/object.ts';
import {object} from '../../helpers/objects.ts';
import {ordinaryCluster} from '../../helpers/playing.ts';

const storageClass = (name: string, is: object = {}, metadata: object = {}): KubeObject =>
  object('storageclasses.storage.k8s.io', name, {
    metadata: {creationTimestamp: '2026-01-01T00:00:00Z', ...metadata},
    provisioner: 'rancher.io/local-path',
    volumeBindingMode: 'WaitForFirstConsumer',
    ...is,
  });
const standard = {annotations: {'storageclass.kubernetes.io/is-default-class': 'true'}};

interface State {
  classes?: KubeObject[];
  hostPath?: boolean;
  nodeOperations?: boolean;
  sharedMount?: string;
}

const capabilitiesThat = ({classes = [], hostPath = true, nodeOperations = true, ...rest}: State) => {
  const api = {admitsHostPath: async () => hostPath, storageClasses: async () => classes};
  const cluster = {api, nodeOperations, ...rest} as unknown as Cluster;
  return capabilitiesOf(cluster, 'statelab-test', ['a', 'b'], new AbortController().signal);
};
const classOf = async (...classes: KubeObject[]) => (await capabilitiesThat({classes})).defaultClass;

test('a cluster that can do all', async () => {
  const classes = [storageClass('local-path', {}, standard)];
  expect(await capabilitiesThat({classes, sharedMount: '/lab-shared'})).toEqual(ordinaryCluster);
});

test('a cluster that can do little', async () => {
  expect(await capabilitiesThat({hostPath: false, nodeOperations: false})).toEqual({
    workers: 2,
    hostPath: false,
    nodeOperations: false,
    nodeChanges: true,
    persistentVolumes: true,
  });
});

describe('the default StorageClass', () => {
  test('is none where no class says that it is', async () => {
    expect(await classOf()).toBeUndefined();
    const notAnyMore = {annotations: {'storageclass.kubernetes.io/is-default-class': 'false'}};
    expect(await classOf(storageClass('a'), storageClass('b', {}, notAnyMore))).toBeUndefined();
  });
  test('may say so in the older way', async () => {
    const beta = {annotations: {'storageclass.beta.kubernetes.io/is-default-class': 'true'}};
    expect(await classOf(storageClass('a'), storageClass('old', {}, beta))).toMatchObject({name: 'old'});
  });
  test('of two is the one that Kubernetes takes: the newest, then the first by name', async () => {
    const newer = {...standard, creationTimestamp: '2026-02-01T00:00:00Z'};
    const [a, b, c] = [
      storageClass('a', {}, standard),
      storageClass('c', {}, newer),
      storageClass('b', {}, newer),
    ];
    expect(await classOf(a, b, c)).toMatchObject({name: 'b'});
  });
  test('binds at once when it says nothing of that', async () => {
    const silent = storageClass('a', {volumeBindingMode: undefined}, standard);
    expect(await classOf(silent)).toMatchObject({bindingMode: 'Immediate'});
  });
  test.each([
    ['rancher.io/local-path', 'pinned'],
    ['k8s.io/minikube-hostpath', 'empty'],
    ['ebs.csi.aws.com', 'follows'],
  ])('of %s: on another node a volume is %s', async (provisioner, volumes) => {
    expect(await classOf(storageClass('a', {provisioner}, standard))).toMatchObject({volumes});
  });
});

describe('a cluster that others use too', () => {
  const guest = (consented: boolean, forbidden: RegExp, more: object = {}) =>
    capabilitiesOf(
      {
        api: {
          admitsHostPath: async () => true,
          storageClasses: async () => [storageClass('fast', {}, standard)],
          may: async ({verb, resource, subresource}: Access) =>
            !forbidden.test(`${verb} ${resource}${subresource ? `/${subresource}` : ''}`),
          ...more,
        },
        nodeOperations: true,
        guest: {consented},
      } as unknown as Cluster,
      'statelab-test',
      ['a'],
      new AbortController().signal,
    );
  const nothing = /^$/;
  const changes = {nodeOperations: true, nodeChanges: true, persistentVolumes: true};
  const noChanges = {nodeOperations: false, nodeChanges: false, persistentVolumes: false};

  test('is changed when the learner has allowed it', async () => {
    const found = await guest(true, nothing);
    expect(found).toMatchObject(changes);
    expect(found).not.toHaveProperty('withheld');
    expect(found).not.toHaveProperty('unseen');
  });
  test('is not changed without', async () => {
    const unasked = 'unasked';
    expect(await guest(false, nothing)).toMatchObject({
      ...noChanges,
      withheld: {nodeOperations: unasked, nodeChanges: unasked, persistentVolumes: unasked},
    });
  });
  test.each([/^patch nodes$/, /^create pods\/eviction$/, /^delete nodes$/, /^list pods$/])(
    'is not changed by who may not %s',
    async right => {
      expect(await guest(true, right)).toMatchObject({
        ...noChanges,
        persistentVolumes: true,
        withheld: {nodeOperations: 'forbidden', nodeChanges: 'forbidden'},
      });
    },
  );
  test('gets no volumes from who may not make any; that the learner did not allow it is less than that', async () => {
    const noVolumes = {persistentVolumes: false, withheld: {persistentVolumes: 'forbidden'}};
    expect(await guest(true, /^create persistentvolumes/)).toMatchObject({...noVolumes, nodeChanges: true});
    expect(await guest(false, /^create persistentvolumes/)).toMatchObject(noVolumes);
  });
  test('says what of it may not be looked at', async () => {
    expect(await guest(true, /^watch (nodes|persistentvolumes)/)).toMatchObject({
      unseen: ['nodes', 'persistentvolumes'],
      withheld: {workers: 'forbidden'},
    });
  });
  test('where nobody may look at StorageClasses, what claims get is known, and no more of it', async () => {
    const detail = 'cannot list';
    const refused = new ExpectedError('forbidden', {verb: 'list', resource: 'storageclasses', detail});
    const blind = (name: string | undefined) =>
      guest(false, /storageclasses/, {
        storageClasses: () => Promise.reject(refused),
        defaultClassName: async () => name,
      });
    expect((await blind('fast')).defaultClass).toEqual({name: 'fast'});
    expect((await blind(undefined)).defaultClass).toBeUndefined();
    expect(unmetNeed({storageClasses: true}, await blind('fast'))).toBe('storageClasses');
    await expect(
      guest(false, nothing, {storageClasses: () => Promise.reject(new Error('broken'))}),
    ).rejects.toThrow('broken');
  });
});
