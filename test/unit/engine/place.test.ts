import {describe, expect, test} from 'vitest';
import {
  controlPlaneOf,
  manifestsFor,
  variablesOf,
  watchTargets,
  workersOf,
} from '../../../src/engine/place.ts';
import type {DatabaseId} from '../../../src/lab/databases.ts';
import type {NodeBaseline} from '../../../src/world/baseline.ts';
import {labOf} from '../../helpers/labs.ts';

const agent = (name: string, is: Partial<NodeBaseline> = {}): NodeBaseline => ({
  name,
  schedulable: true,
  labels: {'kubernetes.io/os': 'linux'},
  taints: [],
  running: true,
  ...is,
});
const server = agent('server', {labels: {'node-role.kubernetes.io/control-plane': 'true'}});

test('controlPlaneOf: the first by name, where there is one', () => {
  expect(controlPlaneOf([agent('a'), server])).toBe('server');
  expect(controlPlaneOf([agent('a')])).toBeUndefined();
});

describe('workersOf', () => {
  test('nodes that do not run the control plane, by name', () => {
    expect(workersOf([agent('b'), server, agent('a')])).toEqual(['a', 'b']);
  });
  test('the only node, where it does both', () => {
    expect(workersOf([server])).toEqual(['server']);
  });
  test.each<[string, Partial<NodeBaseline>]>([
    ['is cordoned', {schedulable: false}],
    ['is not Ready', {running: false}],
    ['keeps Pods off', {taints: [{key: 'gpu', effect: 'NoSchedule'}]}],
    ['throws Pods out', {taints: [{key: 'gpu', value: 'yes', effect: 'NoExecute'}]}],
    ['runs Windows', {labels: {'kubernetes.io/os': 'windows'}}],
  ])('none that %s', (_, is) => {
    expect(workersOf([agent('a', is), agent('b')])).toEqual(['b']);
    expect(workersOf([agent('a', is), server])).toEqual(['server']);
    expect(workersOf([agent('a', is)])).toEqual([]);
  });
  test('one that Pods are only rather kept off', () => {
    const rather = {taints: [{key: 'spare', effect: 'PreferNoSchedule'}]};
    expect(workersOf([agent('a', rather)])).toEqual(['a']);
  });
});

test('variablesOf: namespace, directory, images, nodes', () => {
  expect(
    variablesOf(labOf([{id: 's', type: 'do'}], {images: {db: 'mariadb:11.8'}}), {workers: ['a', 'b']}),
  ).toEqual({
    namespace: 'statelab-test',
    dataDir: '/var/lib/statelab/test',
    image: {db: 'mariadb:11.8'},
    nodeSelector: '{}',
    worker1: 'a',
    worker2: 'b',
  });
});

test('variablesOf: the database, where the lab runs one', () => {
  const lab = labOf([{id: 's', type: 'do'}], {images: {web: 'nginx:1.26'}, database: true});
  const of = (database: DatabaseId) => variablesOf(lab, {workers: [], database});
  expect(of('mariadb')).toMatchObject({
    image: {web: 'nginx:1.26', db: 'mariadb:11.8'},
    db: {title: 'MariaDB', client: 'mariadb', admin: 'mariadb-admin', server: 'mariadbd', env: 'MARIADB'},
  });
  expect(of('mysql')).toMatchObject({
    image: {web: 'nginx:1.26', db: 'mysql:9.7'},
    db: {title: 'MySQL', client: 'mysql', admin: 'mysqladmin', server: 'mysqld', env: 'MYSQL'},
  });
});

describe('variablesOf: what the cluster has', () => {
  const lab = labOf([{id: 's', type: 'do'}]);
  const defaultClass = {
    name: 'fast',
    provisioner: 'example.org/disk',
    bindingMode: 'Immediate',
    volumes: 'follows',
  } as const;
  test('a shared directory and a default StorageClass', () => {
    expect(
      variablesOf(lab, {workers: [], capabilities: {sharedDirectory: '/shared', defaultClass}}),
    ).toMatchObject({
      sharedDir: '/shared/test',
      storageClass: 'fast',
      bindingMode: 'Immediate',
      provisioner: 'example.org/disk',
    });
  });
  test.each([
    ['goes with its Pod', 'follows', 'server', '{}'],
    ['holds its Pod', 'pinned', 'server', '{}'],
    ['would be empty elsewhere', 'empty', 'server', '{kubernetes.io/hostname: server}'],
    ['would be empty elsewhere, on nodes that may not be looked at', 'empty', undefined, '{}'],
  ] as const)('where Pods may go whose volume %s', (_, volumes, controlPlane, nodeSelector) => {
    const capabilities = {defaultClass: {...defaultClass, volumes}};
    expect(variablesOf(lab, {workers: ['a'], controlPlane, capabilities})).toMatchObject({nodeSelector});
  });
  test('what is not there has no name, so that its manifest is left out', () => {
    const variables = variablesOf(lab, {workers: [], capabilities: {}});
    for (const name of ['sharedDir', 'storageClass', 'bindingMode', 'provisioner'])
      expect(variables).not.toHaveProperty(name);
    const shared = {...lab, manifests: {'shared.yaml': '${sharedDir}', 'own.yaml': '${dataDir}'}};
    expect(Object.keys(manifestsFor(shared, variables))).toEqual(['own.yaml']);
  });
});

test('manifestsFor: filled in; one that needs a node that is not there is left out', () => {
  const lab = labOf([{id: 's', type: 'do'}], {images: {db: 'mariadb:11.8'}});
  lab.manifests = {'one.yaml': '${image.db} on ${worker1}', 'two.yaml': '${worker2}'};
  expect(manifestsFor(lab, variablesOf(lab, {workers: ['a']}))).toEqual({'one.yaml': 'mariadb:11.8 on a'});
});

describe('watchTargets', () => {
  const lab = labOf([{id: 's', type: 'do'}], {watches: ['pods', 'nodes']});
  test('also the default namespace on a cluster of our own', () => {
    expect(watchTargets(lab, {})).toEqual([
      {kind: 'pods', namespace: 'statelab-test'},
      {kind: 'pods', namespace: 'default'},
      {kind: 'nodes'},
    ]);
  });
  test('nothing but the lab’s namespace elsewhere', () => {
    expect(watchTargets(lab, {guest: {consented: true}})).toEqual([
      {kind: 'pods', namespace: 'statelab-test'},
      {kind: 'nodes'},
    ]);
  });
  test('not what may not be looked at', () => {
    expect(watchTargets(lab, {guest: {consented: true}}, {unseen: ['nodes']})).toEqual([
      {kind: 'pods', namespace: 'statelab-test'},
    ]);
  });
});
