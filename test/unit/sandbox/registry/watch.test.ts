import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import type {Change} from '../../../../src/sandbox/registry/registry.ts';
import {temporaryDirectory} from '../temporary-directory.ts';
import {labRegistry} from './open.ts';

const seenBy = (changes: Change[]) => changes.map(({type, object}) => `${type} ${object.metadata.name}`);

describe('subscribers', () => {
  test('are told within the call that made the change', () => {
    const {registry, configMap, pod} = labRegistry();
    const all: Change[] = [];
    const maps: Change[] = [];
    registry.subscribe(change => all.push(change));
    const cancel = registry.subscribe('configmaps', change => maps.push(change));
    const before = configMap('a');
    pod('a');
    const after = registry.update('configmaps', {metadata: before.metadata, data: {x: '1'}});
    expect(maps).toEqual([
      {
        type: 'ADDED',
        resource: 'configmaps',
        object: before,
        version: Number(before.metadata.resourceVersion),
      },
      {type: 'MODIFIED', resource: 'configmaps', object: after, before, version: registry.version},
    ]);
    cancel();
    cancel();
    registry.delete('configmaps', 'lab', 'a');
    expect(seenBy(maps)).toEqual(['ADDED a', 'MODIFIED a']);
    expect(seenBy(all)).toEqual(['ADDED a', 'ADDED a', 'MODIFIED a', 'DELETED a']);
  });
  test('that write see one order all the same', () => {
    const {registry, configMap} = labRegistry();
    const changes: Change[] = [];
    registry.subscribe('configmaps', ({object}) => {
      if (object.metadata.name === 'a') configMap('b');
    });
    registry.subscribe('configmaps', change => changes.push(change));
    configMap('a');
    expect(seenBy(changes)).toEqual(['ADDED a', 'ADDED b']);
  });
});

test('a subscriber that takes an object away while it is being deleted does no harm', () => {
  const {registry, pod} = labRegistry();
  pod('a', {spec: {nodeName: 'n'}});
  const types: string[] = [];
  registry.subscribe('pods', ({type}) => {
    types.push(type);
    if (type === 'MODIFIED') registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0});
  });
  expect(registry.delete('pods', 'lab', 'a', {gracePeriodSeconds: 0}).gone).toBe(true);
  expect([types, registry.list('pods')]).toEqual([['MODIFIED', 'DELETED'], []]);
});

describe('a watch', () => {
  test('tells what came after a version, and then what comes once it is on disk', async () => {
    const {registry, configMap, pod} = labRegistry();
    configMap('a');
    const after = registry.version;
    const before = configMap('b');
    pod('p');
    registry.delete('configmaps', 'lab', 'b');
    await registry.durable();

    const changes: Change[] = [];
    const cancel = registry.watch('configmaps', after, change => changes.push(change));
    const [, deleted] = changes;
    expect(seenBy(changes)).toEqual(['ADDED b', 'DELETED b']);
    expect(deleted).toEqual({
      type: 'DELETED',
      resource: 'configmaps',
      object: {...before, metadata: {...before.metadata, resourceVersion: `${deleted?.version}`}},
      before,
      version: registry.version,
    });

    configMap('c');
    expect(changes).toHaveLength(2);
    await registry.durable();
    expect(seenBy(changes)).toEqual(['ADDED b', 'DELETED b', 'ADDED c']);
    cancel();
    configMap('d');
    await registry.durable();
    expect(changes).toHaveLength(3);
  });
  test('that begins while a change is on its way to disk tells it once', async () => {
    const {registry, configMap} = labRegistry();
    const {version} = registry;
    configMap('a');
    const changes: Change[] = [];
    registry.watch('configmaps', version, change => changes.push(change));
    await registry.durable();
    expect(seenBy(changes)).toEqual(['ADDED a']);
  });
  test('of a version to come waits until the registry has come so far', async () => {
    const {registry, configMap} = labRegistry();
    const changes: Change[] = [];
    registry.watch('configmaps', registry.version + 1, change => changes.push(change));
    configMap('a');
    configMap('b');
    await registry.durable();
    expect(seenBy(changes)).toEqual(['ADDED b']);
  });
  test('sees what a MODIFIED replaced', async () => {
    const {registry, configMap} = labRegistry();
    const before = configMap('a');
    const after = registry.update('configmaps', {metadata: before.metadata, data: {x: '1'}});
    await registry.durable();
    const changes: Change[] = [];
    registry.watch('configmaps', Number(before.metadata.resourceVersion), change => changes.push(change));
    expect(changes).toEqual([
      {type: 'MODIFIED', resource: 'configmaps', object: after, before, version: registry.version},
    ]);
  });
  test('goes back 10,000 changes, and not much further', async () => {
    const {registry, configMap} = labRegistry();
    const first = registry.version;
    const toggle = (x: string) =>
      registry.change('configmaps', {namespace: 'lab', name: 'busy'}, draft => {
        draft.data = {x};
      });
    configMap('busy');
    for (let count = 0; count < 12_000; count += 1) {
      toggle(`${count}`);
      if (count % 100 === 0) await setImmediate();
    }
    await registry.durable();
    expect(() => registry.watch('configmaps', first, () => {})).toThrow(
      expect.objectContaining({
        code: 410,
        reason: 'Expired',
        message: expect.stringMatching(new RegExp(`^too old resource version: ${first} \\(\\d+\\)$`)),
      }),
    );
    const watched: Change[] = [];
    registry.watch('configmaps', registry.version - 10_000, change => watched.push(change));
    const from = registry.version - 10_000;
    expect(watched.map(({version}) => version)).toEqual(
      Array.from({length: 10_000}, (_, index) => from + index + 1),
    );
    expect(watched.every(({before, version}) => before?.metadata.resourceVersion === `${version - 1}`)).toBe(
      true,
    );
  });
  test('cannot go back before a cut after a restart either, and objects outlast the cut', async () => {
    const directory = temporaryDirectory();
    const {registry, configMap, close} = labRegistry({directory});
    const kept = configMap('kept');
    for (let count = 0; count < 12_000; count += 1) {
      configMap('busy');
      registry.delete('configmaps', 'lab', 'busy');
    }
    const {version} = registry;
    await close();
    const again = labRegistry({directory}).registry;
    expect([again.list('configmaps'), again.version]).toEqual([[kept], version]);
    expect(() => again.watch('configmaps', 5, () => {})).toThrow(/^too old resource version: 5/);
  });
});
