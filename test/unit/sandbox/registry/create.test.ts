import {describe, expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/sandbox/objects.ts';
import {labRegistry} from './open.ts';

const inLab = {namespace: 'lab'};

test('an object gets what only the API sets', () => {
  const {registry} = labRegistry();
  const sent = {
    metadata: {name: 'a', ...inLab, uid: 'mine', generation: 7, creationTimestamp: '2000-01-01T00:00:00Z'},
    data: {x: '1'},
  };
  const created = registry.create('configmaps', sent);
  expect(created).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      namespace: 'lab',
      uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      resourceVersion: String(registry.version),
      creationTimestamp: '2026-11-21T12:00:00Z',
    },
    data: {x: '1'},
  });
  expect(registry.get('configmaps', 'lab', 'a')).toBe(created);
});

test('what is stored is frozen, and not what was sent', () => {
  const {registry} = labRegistry();
  const sent = {metadata: {name: 'a', ...inLab}, data: {x: '1'}};
  const created = registry.create('configmaps', sent);
  sent.data.x = '2';
  expect(created.data).toEqual({x: '1'});
  expect(Object.isFrozen(created.data)).toBe(true);
});

test('kinds that count their generations begin with 1', () => {
  const {registry} = labRegistry();
  const create = (resource: string) => registry.create(resource, {metadata: {name: 'a', ...inLab}}).metadata;
  expect(create('deployments.apps').generation).toBe(1);
  expect(create('persistentvolumeclaims')).not.toHaveProperty('generation');
});

test('a status is not created, unless the kind has no subresource for it', () => {
  const {registry} = labRegistry();
  const sent = {metadata: {name: 'a', ...inLab}, status: {phase: 'Running'}};
  expect(registry.create('pods', sent)).not.toHaveProperty('status');
  expect(registry.create('secrets', sent)).toHaveProperty('status', {phase: 'Running'});
});

test('the strategy fills in defaults, sets its own and then validates', () => {
  const {registry} = labRegistry({
    strategies: {
      pods: {
        defaults: draft => Object.assign(draft, {spec: {restartPolicy: 'Always', ...(draft.spec as object)}}),
        beforeCreate: draft => Object.assign(draft, {status: {phase: 'Pending'}}),
        validate: ({spec, status}) => [
          {reason: 'FieldValueInvalid', message: JSON.stringify([spec, status]), field: 'spec'},
        ],
      },
    },
  });
  const create = () => registry.create('pods', {metadata: {name: 'a', ...inLab}, spec: {nodeName: 'n'}});
  expect(create).toThrow(
    'Pod "a" is invalid: spec: [{"restartPolicy":"Always","nodeName":"n"},{"phase":"Pending"}]',
  );
});

describe('generateName', () => {
  test('is followed by five characters of Kubernetes, and kept', () => {
    const {registry} = labRegistry();
    const {metadata} = registry.create('pods', {metadata: {generateName: 'web-', ...inLab}});
    expect(metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(metadata.generateName).toBe('web-');
  });
  test('is cut to fit into a label', () => {
    const {registry} = labRegistry();
    const {metadata} = registry.create('pods', {metadata: {generateName: 'a'.repeat(100), ...inLab}});
    expect(metadata.name).toMatch(/^a{58}[^a]{5}$/);
  });
  test('does not count beside a name', () => {
    const {registry} = labRegistry();
    const {metadata} = registry.create('pods', {metadata: {name: 'a', generateName: 'web-', ...inLab}});
    expect(metadata.name).toBe('a');
  });
});

test('a dry run checks all and stores nothing', () => {
  const {registry, configMap} = labRegistry();
  const before = registry.version;
  const {metadata} = registry.create('configmaps', {metadata: {name: 'a', ...inLab}}, {dryRun: true});
  expect(metadata).toMatchObject({name: 'a', uid: expect.any(String)});
  expect(metadata).not.toHaveProperty('resourceVersion');
  expect([registry.list('configmaps'), registry.version]).toEqual([[], before]);
  configMap('a');
  expect(() => registry.create('configmaps', {metadata: {name: 'a', ...inLab}}, {dryRun: true})).toThrow(
    'configmaps "a" already exists',
  );
});

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const keyName =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const owner = {apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', controller: true};

describe('metadata that kube-apiserver 1.35.4 refuses', () => {
  test.each<[string, KubeObject['metadata'], string]>([
    ['no name', {}, '"" is invalid: metadata.name: Required value: name or generateName is required'],
    [
      'a name',
      {name: 'Bad_Name'},
      `"Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": ${subdomain}`,
    ],
    [
      'a long name',
      {name: 'a'.repeat(254)},
      `"${'a'.repeat(254)}" is invalid: metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`,
    ],
    [
      'a label key',
      {labels: {'a b': 'c'}},
      `"x" is invalid: metadata.labels: Invalid value: "a b": ${keyName}`,
    ],
    [
      'a label value',
      {labels: {a: 'c d'}},
      `"x" is invalid: metadata.labels: Invalid value: "c d": ${labelValue}`,
    ],
    [
      'a key without name',
      {labels: {'a/': 'c'}},
      `"x" is invalid: [metadata.labels: Invalid value: "a/": name part must be non-empty, metadata.labels: Invalid value: "a/": ${keyName}]`,
    ],
    [
      'a key without prefix',
      {labels: {'/b': 'c'}},
      '"x" is invalid: metadata.labels: Invalid value: "/b": prefix part must be non-empty',
    ],
    [
      'a prefix',
      {labels: {'A_B/b': 'c'}},
      `"x" is invalid: metadata.labels: Invalid value: "A_B/b": prefix part ${subdomain}`,
    ],
    [
      'a key of three parts',
      {labels: {'a/b/c': 'd'}},
      `"x" is invalid: metadata.labels: Invalid value: "a/b/c": ${keyName.replace('name part', 'a valid label key')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ],
    [
      'a long label value',
      {labels: {a: 'a'.repeat(64)}},
      `"x" is invalid: metadata.labels: Invalid value: "${'a'.repeat(64)}": must be no more than 63 bytes`,
    ],
    [
      'an annotation',
      {annotations: {'a b': ''}},
      `"x" is invalid: metadata.annotations: Invalid value: "a b": ${keyName}`,
    ],
    [
      'long annotations',
      {annotations: {a: 'x'.repeat(262_144)}},
      '"x" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    ],
    [
      'a finalizer',
      {finalizers: ['foo']},
      '"x" is invalid: metadata.finalizers[0]: Invalid value: "foo": name is neither a standard finalizer name nor is it fully qualified',
    ],
    [
      'an owner',
      {ownerReferences: [{...owner, name: '', uid: ''}]},
      '"x" is invalid: [metadata.ownerReferences.name: Invalid value: "": must not be empty, metadata.ownerReferences.uid: Invalid value: "": must not be empty]',
    ],
    [
      'two controllers',
      {ownerReferences: [owner, {...owner, name: 'c'}]},
      `"x" is invalid: metadata.ownerReferences: Invalid value: ${JSON.stringify([owner, {...owner, name: 'c'}])}: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Pod/c`,
    ],
    [
      'an owner that passes away',
      {ownerReferences: [{...owner, kind: 'Event'}]},
      `"x" is invalid: metadata.ownerReferences: Invalid value: ${JSON.stringify({...owner, kind: 'Event'})}: /v1, Kind=Event is disallowed from being an owner`,
    ],
  ])('%s', (_, metadata, message) => {
    const {registry} = labRegistry();
    const named =
      metadata && Object.keys(metadata).some(key => key !== 'name') ? {name: 'x', ...metadata} : metadata;
    expect(() => registry.create('configmaps', {metadata: {...inLab, ...named}})).toThrow(
      expect.objectContaining({code: 422, reason: 'Invalid', message: `ConfigMap ${message}`}),
    );
  });
  test('a resourceVersion', () => {
    const {registry} = labRegistry();
    expect(() =>
      registry.create('configmaps', {metadata: {name: 'a', ...inLab, resourceVersion: '5'}}),
    ).toThrow(
      expect.objectContaining({
        code: 500,
        message: 'resourceVersion should not be set on objects to be created',
      }),
    );
  });
});

test('upper case in an annotation is right, and so is what is generated behind a dash', () => {
  const {registry} = labRegistry();
  const metadata = {generateName: 'a-', ...inLab, annotations: {'EXAMPLE.com/x': 'Y'}};
  expect(() => registry.create('configmaps', {metadata})).not.toThrow();
});

test('names of roles are less strict, and a strategy can say its own rule', () => {
  const {registry} = labRegistry({
    strategies: {secrets: {nameRule: name => (name === 'no' ? ['is not a good name'] : [])}},
  });
  const clusterRole = (name: string) =>
    registry.create('clusterroles.rbac.authorization.k8s.io', {metadata: {name}});
  expect(clusterRole('system:node').metadata.name).toBe('system:node');
  expect(() => clusterRole('a/b')).toThrow(
    `ClusterRole.rbac.authorization.k8s.io "a/b" is invalid: metadata.name: Invalid value: "a/b": may not contain '/'`,
  );
  expect(() => registry.create('secrets', {metadata: {name: 'no', ...inLab}})).toThrow('is not a good name');
});

describe('a namespace', () => {
  test('has to be there', () => {
    const {registry} = labRegistry();
    expect(() => registry.create('configmaps', {metadata: {name: 'a', namespace: 'nope'}})).toThrow(
      expect.objectContaining({
        code: 404,
        message: 'namespaces "nope" not found',
        details: {name: 'nope', kind: 'namespaces'},
      }),
    );
  });
  test('that is being deleted takes nothing new', () => {
    const {registry} = labRegistry();
    registry.delete('namespaces', undefined, 'lab');
    expect(() => registry.create('configmaps', {metadata: {name: 'a', ...inLab}})).toThrow(
      expect.objectContaining({
        code: 403,
        message:
          'configmaps "a" is forbidden: unable to create new content in namespace lab because it is being terminated',
        details: {
          name: 'a',
          kind: 'configmaps',
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: 'namespace lab is being terminated',
              field: 'metadata.namespace',
            },
          ],
        },
      }),
    );
  });
  test('is needed by what lives in one, and dropped by what does not', () => {
    const {registry} = labRegistry();
    expect(() => registry.create('configmaps', {metadata: {name: 'a'}})).toThrow(
      'an empty namespace may not be set during creation',
    );
    expect(registry.create('nodes', {metadata: {name: 'a', ...inLab}}).metadata).not.toHaveProperty(
      'namespace',
    );
  });
});

test('a name is given once in a namespace', () => {
  const {registry, configMap} = labRegistry();
  configMap('a');
  configMap('a', {metadata: {namespace: 'other'}});
  expect(() => configMap('a')).toThrow(
    expect.objectContaining({code: 409, reason: 'AlreadyExists', message: 'configmaps "a" already exists'}),
  );
  expect(registry.list('configmaps')).toHaveLength(2);
});
