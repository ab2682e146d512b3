import {describe, expect, test} from 'vitest';
import type {Change} from '../../../../src/sandbox/registry/registry.ts';
import {labRegistry} from './open.ts';

const metadata = {name: 'a', namespace: 'lab'};

test('what nothing holds is gone at once', () => {
  const {registry, configMap} = labRegistry();
  const last = configMap('a');
  expect(registry.delete('configmaps', 'lab', 'a')).toEqual({object: last, gone: true});
  expect([registry.get('configmaps', 'lab', 'a'), registry.list('configmaps')]).toEqual([undefined, []]);
  expect(() => registry.delete('configmaps', 'lab', 'a')).toThrow(
    expect.objectContaining({code: 404, message: 'configmaps "a" not found'}),
  );
});

test('a dry run deletes nothing, and says what would happen', () => {
  const {registry, configMap} = labRegistry();
  const last = configMap('a');
  expect(registry.delete('configmaps', 'lab', 'a', {dryRun: true})).toEqual({object: last, gone: true});
  expect(registry.get('configmaps', 'lab', 'a')).toBe(last);
});

describe('preconditions', () => {
  test('that do not hold refuse it', () => {
    const {registry, configMap} = labRegistry();
    const {uid, resourceVersion} = configMap('a').metadata;
    const withPrecondition = (preconditions: object) => () =>
      registry.delete('configmaps', 'lab', 'a', {preconditions});
    expect(withPrecondition({uid: 'nope'})).toThrow(
      `Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (nope) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
    expect(withPrecondition({uid, resourceVersion: '1'})).toThrow(
      `Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
    expect(withPrecondition({uid, resourceVersion})().gone).toBe(true);
  });
});

describe('finalizers', () => {
  test('hold the object, until the last one is taken away', () => {
    const {registry, clock} = labRegistry();
    const finalizers = ['a.b/c'];
    registry.create('deployments.apps', {metadata: {...metadata, finalizers}});
    const {object, gone} = registry.delete('deployments.apps', 'lab', 'a');
    expect([object.metadata, gone]).toMatchObject([
      {
        deletionTimestamp: '2026-11-21T12:00:00Z',
        deletionGracePeriodSeconds: 0,
        generation: 2,
        finalizers: ['a.b/c'],
      },
      false,
    ]);
    void clock.advance(5000);
    expect(registry.delete('deployments.apps', 'lab', 'a').object).toBe(object);

    const labelled = registry.update('deployments.apps', {
      metadata: {...metadata, finalizers, labels: {a: 'b'}},
    });
    expect(labelled.metadata).toMatchObject({deletionTimestamp: '2026-11-21T12:00:00Z', labels: {a: 'b'}});
    const changes: Change[] = [];
    registry.subscribe('deployments.apps', change => changes.push(change));
    registry.update('deployments.apps', {metadata});
    expect(registry.get('deployments.apps', 'lab', 'a')).toBeUndefined();
    const version = registry.version;
    const last = {...labelled, metadata: {...labelled.metadata, resourceVersion: String(version)}};
    expect(changes).toEqual([
      {type: 'DELETED', resource: 'deployments.apps', object: last, before: labelled, version},
    ]);
  });
  test('are not added any more', () => {
    const {registry, configMap} = labRegistry();
    configMap('a', {metadata: {finalizers: ['a.b/c']}});
    registry.delete('configmaps', 'lab', 'a');
    const sent = {metadata: {...metadata, finalizers: ['a.b/c', 'x.y/z', 'x.y/q']}};
    expect(() => registry.update('configmaps', sent)).toThrow(
      'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"x.y/q", "x.y/z"}',
    );
  });
  test.each([
    ['Orphan', 'orphan'],
    ['Foreground', 'foregroundDeletion'],
  ] as const)('%s propagation puts %s on it, and Background takes it off', (propagationPolicy, finalizer) => {
    const {registry, configMap} = labRegistry();
    configMap('a');
    const held = registry.delete('configmaps', 'lab', 'a', {propagationPolicy});
    expect([held.object.metadata.finalizers, held.gone]).toEqual([[finalizer], false]);
    expect(registry.delete('configmaps', 'lab', 'a').gone).toBe(false);
    expect(registry.delete('configmaps', 'lab', 'a', {propagationPolicy: 'Background'}).gone).toBe(true);
  });
});

describe('a Pod', () => {
  const runningPod = () => {
    const lab = labRegistry();
    const {registry, pod} = lab;
    pod('a', {spec: {nodeName: 'n', terminationGracePeriodSeconds: 60}});
    const remove = (gracePeriodSeconds?: number) => {
      const {object, gone} = registry.delete(
        'pods',
        'lab',
        'a',
        gracePeriodSeconds === undefined ? {} : {gracePeriodSeconds},
      );
      const {deletionTimestamp, deletionGracePeriodSeconds, generation} = object.metadata;
      return [deletionTimestamp, deletionGracePeriodSeconds, generation, gone];
    };
    return {...lab, remove};
  };
  test('on a node gets its own time to end', () => {
    expect(runningPod().remove()).toEqual(['2026-11-21T12:01:00Z', 60, 2, false]);
  });
  test('gets 30 s when its spec does not say', () => {
    const {registry, pod} = labRegistry();
    pod('a', {spec: {nodeName: 'n'}});
    expect(registry.delete('pods', 'lab', 'a').object.metadata.deletionGracePeriodSeconds).toBe(30);
  });
  test('gets the time that was asked for, and one second when that is negative', () => {
    expect(runningPod().remove(10)).toEqual(['2026-11-21T12:00:10Z', 10, 2, false]);
    expect(runningPod().remove(-5)).toEqual(['2026-11-21T12:00:01Z', 1, 2, false]);
  });
  test('that is ending already can only end sooner, counted from the first delete', async () => {
    const {remove, clock, registry} = runningPod();
    remove();
    await clock.advance(4000);
    const {version} = registry;
    expect([remove(), remove(100)]).toEqual(Array(2).fill(['2026-11-21T12:01:00Z', 60, 2, false]));
    expect(registry.version).toBe(version);
    expect(remove(20)).toEqual(['2026-11-21T12:00:20Z', 20, 2, false]);
    expect(remove(0)).toEqual(['2026-11-21T12:00:00Z', 0, 2, true]);
  });
  test('goes at once by force: marked and then gone', () => {
    const {remove, registry} = runningPod();
    const changes: string[] = [];
    registry.subscribe('pods', ({type, object}) =>
      changes.push(`${type} ${object.metadata.deletionTimestamp}`),
    );
    expect(remove(0)).toEqual(['2026-11-21T12:00:00Z', 0, 2, true]);
    expect(changes).toEqual(['MODIFIED 2026-11-21T12:00:00Z', 'DELETED 2026-11-21T12:00:00Z']);
    expect(registry.podsOn('n')).toEqual([]);
  });
  test('stays for its finalizers, whatever the force', () => {
    const {registry, pod} = labRegistry();
    pod('a', {metadata: {finalizers: ['a.b/c']}, spec: {nodeName: 'n'}});
    expect(registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0}).gone).toBe(false);
    expect(registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0}).gone).toBe(false);
  });
  test('that loses its finalizer while it is ending stays until it has ended', () => {
    const {registry, pod} = labRegistry();
    pod('a', {metadata: {finalizers: ['a.b/c']}, spec: {nodeName: 'n'}});
    registry.delete('pods', 'lab', 'a');
    registry.change('pods', metadata, draft => {
      draft.metadata.finalizers = [];
    });
    expect(registry.get('pods', 'lab', 'a')?.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0}).gone).toBe(true);
  });
  test('without a node goes at once', () => {
    const {registry, pod} = labRegistry();
    pod('a');
    expect(registry.delete('pods', 'lab', 'a').gone).toBe(true);
  });
  test.each(['Succeeded', 'Failed'] as const)('that has %s goes at once', phase => {
    const {registry, pod} = labRegistry();
    pod('a', {spec: {nodeName: 'n'}});
    registry.change(
      'pods',
      metadata,
      draft => {
        draft.status = {phase};
      },
      {subresource: 'status'},
    );
    expect(registry.delete('pods', 'lab', 'a').gone).toBe(true);
  });
});

describe('a namespace', () => {
  test('stays, Terminating, until finalize has emptied spec.finalizers', () => {
    const {registry} = labRegistry();
    const {object, gone} = registry.delete('namespaces', undefined, 'lab');
    expect([object, gone]).toMatchObject([
      {
        metadata: {deletionTimestamp: '2026-11-21T12:00:00Z'},
        spec: {finalizers: ['kubernetes']},
        status: {phase: 'Terminating'},
      },
      false,
    ]);
    expect(object.metadata).not.toHaveProperty('deletionGracePeriodSeconds');
    expect(registry.delete('namespaces', undefined, 'lab').object).toBe(object);

    expect(registry.update('namespaces', {metadata: {name: 'lab'}}).spec).toEqual({
      finalizers: ['kubernetes'],
    });
    registry.update('namespaces', {metadata: {name: 'lab'}, spec: {}}, {subresource: 'finalize'});
    expect(registry.get('namespaces', undefined, 'lab')).toBeUndefined();
  });
  test('with finalizers of its own stays for these too', () => {
    const {registry} = labRegistry();
    const finalizers = ['a.b/c'];
    registry.update('namespaces', {metadata: {name: 'lab', finalizers}});
    registry.delete('namespaces', undefined, 'lab');
    registry.update('namespaces', {metadata: {name: 'lab'}, spec: {}}, {subresource: 'finalize'});
    expect(registry.get('namespaces', undefined, 'lab')?.metadata.finalizers).toEqual(finalizers);
    registry.update('namespaces', {metadata: {name: 'lab', finalizers: []}});
    expect(registry.get('namespaces', undefined, 'lab')).toBeUndefined();
  });
  test.each(['default', 'kube-system', 'kube-public'])('%s cannot be deleted', name => {
    const {registry} = labRegistry();
    registry.create('namespaces', {metadata: {name}});
    expect(() => registry.delete('namespaces', undefined, name)).toThrow(
      expect.objectContaining({
        code: 403,
        message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
      }),
    );
  });
});
