import {readdirSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {DatabaseSync} from 'node:sqlite';
import {describe, expect, test, vi} from 'vitest';
import type {Change} from '../../../../src/sandbox/registry/registry.ts';
import {temporaryDirectory} from '../temporary-directory.ts';
import {labRegistry} from './open.ts';

const opened: DatabaseSync[] = [];
vi.mock('../../../../src/sandbox/registry/sqlite.ts', async original => {
  const {DatabaseSync} = await original<typeof import('../../../../src/sandbox/registry/sqlite.ts')>();
  class Opened extends DatabaseSync {
    constructor(file: string) {
      super(file);
      opened.push(this);
    }
  }
  return {DatabaseSync: Opened};
});

/** The database of the registry that was opened last. */
function newest(): DatabaseSync {
  const database = opened.at(-1);
  if (!database) throw new Error('No registry was opened.');
  return database;
}

test('what was there is there again', async () => {
  const directory = temporaryDirectory();
  const first = labRegistry({directory});
  const map = first.configMap('a', {data: {x: '1'}});
  const node = {
    spec: {nodeName: 'agent-0'},
    metadata: {ownerReferences: [{apiVersion: 'v1', kind: 'X', name: 'x', uid: 'u'}]},
  };
  const pod = first.pod('p', node);
  first.configMap('gone');
  first.registry.delete('configmaps', 'lab', 'gone');
  const {version} = first.registry;
  await first.close();

  const {registry, configMap} = labRegistry({directory});
  expect(registry.list('configmaps')).toEqual([map]);
  expect([registry.podsOn('agent-0'), registry.ownedBy('u')]).toEqual([[pod], [pod]]);
  expect(registry.version).toBe(version);
  const changes: Change[] = [];
  registry.watch('configmaps', Number(map.metadata.resourceVersion), change => changes.push(change));
  expect(changes.map(({type}) => type)).toEqual(['ADDED', 'DELETED']);
  expect(configMap('b').metadata.resourceVersion).toBe(`${version + 1}`);
});

test('nobody else can read the file', async () => {
  const directory = join(temporaryDirectory(), 'state');
  const {registry} = labRegistry({directory});
  await registry.durable();
  const modes = readdirSync(directory).map(name => statSync(join(directory, name)).mode & 0o077);
  expect(modes.length).toBeGreaterThan(0);
  expect([statSync(directory).mode & 0o077, ...modes].every(mode => mode === 0)).toBe(true);
});

describe('a disk that is full', () => {
  async function fullDisk() {
    const lab = labRegistry({directory: temporaryDirectory()});
    const kept = lab.configMap('kept', {data: {x: '1'}});
    const doomed = lab.configMap('doomed');
    await lab.registry.durable();
    const database = newest();
    const {page_count: pages} = database.prepare('PRAGMA page_count').get() as {page_count: number};
    const limit = (count: number) => database.exec(`PRAGMA max_page_count = ${count}`);
    limit(pages);
    const fill = () => lab.configMap('big', {data: {x: 'x'.repeat(100_000)}});
    return {...lab, kept, doomed, fill, makeRoom: () => limit(pages * 1000)};
  }
  const refusal = expect.objectContaining({
    code: 500,
    reason: 'InternalError',
    message: expect.stringMatching(
      /^Internal error occurred: the sandbox cannot write its state to disk \(database or disk is full\)/,
    ),
  });

  test('refuses what it cannot keep, and all of it is undone', async () => {
    const {registry, kept, doomed, fill} = await fullDisk();
    const {version} = registry;
    registry.change('configmaps', kept, draft => {
      draft.data = {x: '2'};
    });
    registry.delete('configmaps', 'lab', 'doomed');
    const told: Change[] = [];
    const watched: Change[] = [];
    const big = fill();
    registry.subscribe('configmaps', change => told.push(change));
    registry.watch('configmaps', version, change => watched.push(change));
    await expect(registry.durable()).rejects.toEqual(refusal);

    expect(registry.list('configmaps')).toEqual([doomed, kept]);
    expect(registry.version).toBe(version);
    expect(watched).toEqual([]);
    expect(told.map(({type, object, before}) => [type, object.metadata.name, before])).toEqual([
      ['DELETED', 'big', big],
      ['ADDED', 'doomed', undefined],
      ['MODIFIED', 'kept', expect.objectContaining({data: {x: '2'}})],
    ]);
    expect(
      told.every((change, index) => index === 0 || change.version > (told[index - 1]?.version ?? 0)),
    ).toBe(true);
  });
  test('takes no writes for a while, but is read', async () => {
    const {registry, configMap, fill, clock, kept} = await fullDisk();
    fill();
    await expect(registry.durable()).rejects.toEqual(refusal);
    expect(() => configMap('small')).toThrow(refusal);
    expect(() => registry.update('configmaps', {metadata: kept.metadata})).toThrow(refusal);
    expect(() => registry.delete('configmaps', 'lab', 'kept')).toThrow(refusal);
    expect(registry.get('configmaps', 'lab', 'kept')).toBe(kept);
    await registry.durable();
    await clock.advance(1000);
    fill();
    await expect(registry.durable()).rejects.toEqual(refusal);
    expect(() => configMap('small')).toThrow(refusal);
  });
  test('that has room again takes them, with versions nobody has seen', async () => {
    const {registry, fill, clock, makeRoom} = await fullDisk();
    const {version} = registry;
    const lost = fill();
    await expect(registry.durable()).rejects.toEqual(refusal);
    makeRoom();
    await clock.advance(1000);
    const watched: Change[] = [];
    registry.watch('configmaps', version, change => watched.push(change));
    const big = fill();
    await registry.durable();
    expect(Number(big.metadata.resourceVersion)).toBeGreaterThan(Number(lost.metadata.resourceVersion));
    expect(watched.map(({object}) => object)).toEqual([big]);
  });
});

describe('a file that cannot be used is named, with the way out', () => {
  test('when it is no database', () => {
    const directory = temporaryDirectory();
    writeFileSync(
      join(directory, 'registry.db'),
      'no database at all, but long enough to look like one'.repeat(100),
    );
    expect(() => labRegistry({directory})).toThrow(
      `The sandbox's state in ${join(directory, 'registry.db')} cannot be used: file is not a database. It is damaged: move ${join(directory, 'registry.db')}* away (what the sandbox held is lost), or put a copy of it back.`,
    );
  });
  test('when it is damaged', async () => {
    const directory = temporaryDirectory();
    const {configMap, close} = labRegistry({directory});
    for (let count = 0; count < 50; count += 1) configMap(`map-${count}`, {data: {x: 'x'.repeat(1000)}});
    await close();
    const file = join(directory, 'registry.db');
    truncateSync(file, readFileSync(file).length / 2);
    expect(() => labRegistry({directory})).toThrow(/registry\.db cannot be used: .*malformed.*It is damaged/);
  });
  test('when an object in it is damaged', async () => {
    const directory = temporaryDirectory();
    const {registry, configMap, close} = labRegistry({directory});
    configMap('a');
    await registry.durable();
    newest().exec("UPDATE states SET object = '{\"metadata' WHERE resource = 'configmaps'");
    await close();
    expect(() => labRegistry({directory})).toThrow(/registry\.db cannot be used: .*It is damaged/);
  });
  test('when another registry has it', () => {
    const directory = temporaryDirectory();
    labRegistry({directory});
    expect(() => labRegistry({directory})).toThrow('Another process uses it: stop that one first.');
  });
  test('when a newer version wrote it', async () => {
    const directory = temporaryDirectory();
    const {close} = labRegistry({directory});
    newest().exec('PRAGMA user_version = 99');
    await close();
    expect(() => labRegistry({directory})).toThrow(/written by a newer version \(layout 99\)/);
  });
  test('when its directory is a file', () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(() => labRegistry({directory: file})).toThrow(/Make sure that the file can be written/);
  });
});
