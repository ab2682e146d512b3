import {describe, expect, test} from 'vitest';
import {capabilitiesOf} from '../../../src/engine/capabilities.ts';
import type {Cluster} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';
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
  test('is none where nobody may look at StorageClasses; of nodes there is one anyway', async () => {
    const detail = 'cannot list';
    const refused = new ExpectedError('forbidden', {verb: 'list', resource: 'storageclasses', detail});
    const capabilitiesAfter = (error: Error) =>
      capabilitiesOf(
        {
          api: {admitsHostPath: async () => true, storageClasses: () => Promise.reject(error)},
          nodeOperations: false,
        } as unknown as Cluster,
        'statelab-test',
        [],
        new AbortController().signal,
      );
    expect(await capabilitiesAfter(refused)).toEqual({workers: 1, hostPath: true, nodeOperations: false});
    await expect(capabilitiesAfter(new Error('refused'))).rejects.toThrow('refused');
  });
});
