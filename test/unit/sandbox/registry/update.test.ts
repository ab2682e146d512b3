import {describe, expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/sandbox/objects.ts';
import {labRegistry} from './open.ts';

const metadata = {name: 'a', namespace: 'lab'};

test('the object is replaced, with what only the API says of it', () => {
  const {registry, configMap} = labRegistry();
  const before = configMap('a', {metadata: {labels: {app: 'db'}}, data: {x: '1'}});
  const sent = {
    metadata: {...metadata, creationTimestamp: '2000-01-01T00:00:00Z', generation: 7, annotations: {a: 'b'}},
    data: {x: '2'},
  };
  const after = registry.update('configmaps', sent);
  const {labels, ...kept} = before.metadata;
  expect(after).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {...kept, annotations: {a: 'b'}, resourceVersion: String(registry.version)},
    data: {x: '2'},
  });
  expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(Number(before.metadata.resourceVersion));
  expect(registry.get('configmaps', 'lab', 'a')).toBe(after);
});

test('an update that changes nothing writes nothing', () => {
  const {registry, configMap} = labRegistry();
  const before = configMap('a', {data: {x: '1', y: '2'}});
  const {version} = registry;
  expect(registry.update('configmaps', {metadata, data: {y: '2', x: '1'}})).toBe(before);
  expect(
    registry.change('configmaps', before, draft => {
      draft.data = {x: '1', y: '2'};
    }),
  ).toBe(before);
  expect(registry.change('configmaps', before, () => {})).toBe(before);
  expect(registry.version).toBe(version);
});

test('the parts that stay the same are shared, whole objects that were sent included', () => {
  const {registry} = labRegistry();
  const sent = (replicas: number) => ({
    metadata,
    spec: {replicas, template: {spec: {containers: [{name: 'c'}]}}},
  });
  const before = registry.create('deployments.apps', sent(1));
  const after = registry.update('deployments.apps', sent(2));
  expect(after.spec?.template).toBe(before.spec?.template);
});

test('a dry run answers what would be, and writes nothing', () => {
  const {registry, configMap} = labRegistry();
  const before = configMap('a');
  const {version} = registry;
  expect(registry.update('configmaps', {metadata, data: {x: '1'}}, {dryRun: true})).toMatchObject({
    data: {x: '1'},
  });
  expect([registry.get('configmaps', 'lab', 'a'), registry.version]).toEqual([before, version]);
});

describe('is refused', () => {
  const update = (meta: KubeObject['metadata']) => {
    const {registry, configMap} = labRegistry();
    const {uid} = configMap('a').metadata;
    const attempt = () => registry.update('configmaps', {metadata: {...metadata, ...meta}, data: {x: '1'}});
    return {uid, attempt};
  };
  test('for an object that is not there', () => {
    expect(update({name: 'b'}).attempt).toThrow(
      expect.objectContaining({code: 404, message: 'configmaps "b" not found'}),
    );
  });
  test('with an older resourceVersion', () => {
    expect(update({resourceVersion: '1'}).attempt).toThrow(
      expect.objectContaining({
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      }),
    );
  });
  test('with a resourceVersion that is none', () => {
    expect(update({resourceVersion: 'abc'}).attempt).toThrow(
      expect.objectContaining({code: 500, message: 'strconv.ParseUint: parsing "abc": invalid syntax'}),
    );
  });
  test('with another UID', () => {
    const {attempt, uid} = update({uid: 'zzz'});
    expect(attempt).toThrow(
      `Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: /registry/configmaps/lab/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: zzz, UID in object meta: ${uid}`,
    );
  });
  test('with a deletion of its own', () => {
    expect(update({deletionTimestamp: '2020-01-01T00:00:00Z'}).attempt).toThrow(
      'ConfigMap "a" is invalid: metadata.deletionTimestamp: Invalid value: "2020-01-01T00:00:00Z": field is immutable',
    );
    expect(update({deletionGracePeriodSeconds: 5}).attempt).toThrow(
      'ConfigMap "a" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable',
    );
  });
  test('when the strategy says so, of the object or of the change', () => {
    const {registry} = labRegistry({
      strategies: {
        pods: {
          validate: ({spec}) =>
            spec ? [{reason: 'r', message: 'Required value', field: 'spec.containers'}] : [],
          validateUpdate: ({metadata: {labels}}, before) =>
            labels && !before.metadata.labels
              ? [{reason: 'r', message: 'Forbidden: no', field: 'metadata.labels'}]
              : [],
        },
      },
    });
    registry.create('pods', {metadata});
    const sent = {metadata: {...metadata, labels: {'a/': 'b'}}, spec: {}};
    expect(() => registry.update('pods', sent)).toThrow(
      /^Pod "a" is invalid: \[metadata\.labels: .*, spec\.containers: Required value, metadata\.labels: Forbidden: no\]$/,
    );
    expect(() =>
      registry.change('pods', metadata, draft => {
        draft.metadata.labels = {a: 'b'};
      }),
    ).toThrow('Pod "a" is invalid: metadata.labels: Forbidden: no');
  });
});

test('the strategy sets defaults and what follows from a change', () => {
  const {registry} = labRegistry({
    strategies: {
      configmaps: {
        defaults: draft => Object.assign(draft, {immutable: false}),
        beforeUpdate: (draft, before) => Object.assign(draft, {was: before.data}),
      },
    },
  });
  registry.create('configmaps', {metadata, data: {x: '1'}});
  expect(registry.update('configmaps', {metadata, data: {x: '2'}})).toMatchObject({
    data: {x: '2'},
    immutable: false,
    was: {x: '1'},
  });
});

describe('the status', () => {
  const running = {metadata, spec: {nodeName: 'n'}, status: {phase: 'Running' as const}};
  test('is written through its subresource alone', () => {
    const {registry} = labRegistry();
    registry.create('pods', {metadata, spec: {nodeName: 'n'}});
    expect(registry.update('pods', running)).not.toHaveProperty('status');
    const sent = {...running, spec: {nodeName: 'other'}};
    expect(registry.update('pods', sent, {subresource: 'status'})).toMatchObject(running);
    expect(registry.update('pods', {metadata, spec: {nodeName: 'm'}})).toMatchObject({
      spec: {nodeName: 'm'},
      status: {phase: 'Running'},
    });
  });
  test('does not raise the generation, whatever the strategy counts; the spec does', () => {
    const {registry} = labRegistry({
      strategies: {'replicasets.apps': {generation: () => true}},
    });
    registry.create('replicasets.apps', {metadata});
    const counted = registry.update(
      'replicasets.apps',
      {metadata, status: {replicas: 1}},
      {subresource: 'status'},
    );
    expect(counted.metadata.generation).toBe(1);
    registry.create('deployments.apps', {metadata, spec: {replicas: 1}});
    const generation = () => registry.get('deployments.apps', 'lab', 'a')?.metadata.generation;
    registry.update('deployments.apps', {metadata, status: {replicas: 1}}, {subresource: 'status'});
    registry.update('deployments.apps', {metadata: {...metadata, labels: {a: 'b'}}, spec: {replicas: 1}});
    expect(generation()).toBe(1);
    registry.update('deployments.apps', {metadata, spec: {replicas: 2}});
    expect(generation()).toBe(2);
  });
  test('takes metadata along, but not the owners of a Pod or the labels of a Deployment', () => {
    const {registry} = labRegistry();
    const labels = {a: 'b'};
    const ownerReferences = [{apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u'}];
    const sent = {metadata: {...metadata, labels, ownerReferences}, status: {}};
    for (const resource of ['pods', 'deployments.apps', 'replicasets.apps']) {
      registry.create(resource, {metadata});
      registry.update(resource, sent, {subresource: 'status'});
    }
    const taken = (resource: string) => {
      const found = registry.get(resource, 'lab', 'a')?.metadata;
      return [found?.labels, found?.ownerReferences];
    };
    expect(taken('pods')).toEqual([labels, undefined]);
    expect(taken('deployments.apps')).toEqual([undefined, ownerReferences]);
    expect(taken('replicasets.apps')).toEqual([labels, ownerReferences]);
  });
});

test('the strategy can say what raises the generation', () => {
  const {registry} = labRegistry({
    strategies: {
      'deployments.apps': {generation: (object, before) => object.metadata.labels !== before.metadata.labels},
    },
  });
  registry.create('deployments.apps', {metadata, spec: {replicas: 1}});
  const update = (object: KubeObject) => registry.update('deployments.apps', object).metadata.generation;
  expect(update({metadata, spec: {replicas: 2}})).toBe(1);
  expect(update({metadata: {...metadata, labels: {a: 'b'}}, spec: {replicas: 2}})).toBe(2);
});

test('scale is spec.replicas alone', () => {
  const {registry} = labRegistry();
  registry.create('deployments.apps', {metadata, spec: {replicas: 1, paused: true}});
  const sent = {metadata: {...metadata, labels: {a: 'b'}}, spec: {replicas: 3}};
  const {spec, metadata: after} = registry.update('deployments.apps', sent, {subresource: 'scale'});
  expect([spec, after.labels, after.generation]).toEqual([{replicas: 3, paused: true}, undefined, 2]);
});

test('binding gives a Pod its node, past what an update may do, and is no new generation', () => {
  const {registry} = labRegistry({
    strategies: {pods: {validateUpdate: () => [{reason: 'r', message: 'Forbidden: no', field: 'spec'}]}},
  });
  const pod = registry.create('pods', {metadata, spec: {containers: []}});
  const bound = registry.change(
    'pods',
    pod,
    draft => {
      draft.spec = {containers: [], nodeName: 'n', hostNetwork: true};
      draft.status = {phase: 'Pending'};
    },
    {subresource: 'binding'},
  );
  expect(bound).toMatchObject({metadata: {generation: 1}, spec: {nodeName: 'n'}, status: {phase: 'Pending'}});
  expect(bound?.spec).not.toHaveProperty('hostNetwork');
  expect(registry.podsOn('n')).toEqual([bound]);
});

describe('change', () => {
  test('edits the newest state', () => {
    const {registry, configMap} = labRegistry();
    const old = configMap('a', {data: {x: '1'}});
    registry.update('configmaps', {metadata, data: {x: '1', y: '2'}});
    const changed = registry.change('configmaps', old, draft => {
      delete draft.data?.x;
    });
    expect(changed?.data).toEqual({y: '2'});
    expect(registry.get('configmaps', 'lab', 'a')).toBe(changed);
    expect(old.data).toEqual({x: '1'});
  });
  test('of a part that the API does not let be changed is put back', () => {
    const {registry, configMap} = labRegistry();
    const before = configMap('a');
    expect(
      registry.change('configmaps', before, draft => {
        draft.metadata.creationTimestamp = '2000-01-01T00:00:00Z';
      }),
    ).toBe(before);
  });
  test('of what is gone, or was replaced by another of its name, is none', () => {
    const {registry, configMap} = labRegistry();
    const old = configMap('a');
    registry.delete('configmaps', 'lab', 'a');
    const change = () =>
      registry.change('configmaps', old, draft => {
        draft.data = {x: '1'};
      });
    expect(change()).toBeUndefined();
    const other = configMap('a');
    expect(change()).toBeUndefined();
    expect(registry.get('configmaps', 'lab', 'a')).toBe(other);
  });
});
