import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {flattenContext, kubeconfigFiles} from '../../../../src/cluster/context/flatten.ts';

let first: string;
let second: string;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'statelab-flatten-'));
  await mkdir(join(directory, 'pki'));
  await writeFile(join(directory, 'pki/ca.crt'), 'the ca');
  await writeFile(join(directory, 'token'), 'secret\n');
  first = await write('first.yaml', {
    contexts: [{name: 'room', context: {cluster: 'room', user: 'eve', namespace: 'team'}}],
    clusters: [
      {
        name: 'room',
        cluster: {server: 'https://room', 'certificate-authority': 'pki/ca.crt', 'tls-server-name': 'kube'},
      },
    ],
  });
  second = await write('second.yaml', {
    contexts: [
      {name: 'room', context: {cluster: 'elsewhere', user: 'eve'}},
      {name: 'home', context: {cluster: 'room', user: 'plugin'}},
    ],
    clusters: [{name: 'room', cluster: {server: 'https://second'}}],
    users: [
      {name: 'eve', user: {tokenFile: 'token'}},
      {name: 'plugin', user: {exec: {command: './bin/login', args: ['x']}}},
    ],
  });
});
const write = async (name: string, content: object) => {
  const file = join(directory, name);
  await writeFile(file, JSON.stringify(content));
  return file;
};

test('one context, whole, from several files, the first of a name', async () => {
  expect(await flattenContext([first, second], 'room')).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'room',
    contexts: [{name: 'room', context: {cluster: 'room', user: 'eve', namespace: 'team'}}],
    clusters: [
      {
        name: 'room',
        cluster: {
          server: 'https://room',
          'certificate-authority-data': Buffer.from('the ca').toString('base64'),
          'tls-server-name': 'kube',
        },
      },
    ],
    users: [{name: 'eve', user: {tokenFile: join(directory, 'token'), token: 'secret'}}],
  });
});

test('a plugin beside the file is found from anywhere', async () => {
  const {users} = await flattenContext([first, second], 'home');
  expect(users).toEqual([
    {name: 'plugin', user: {exec: {command: join(directory, 'bin/login'), args: ['x']}}},
  ]);
});

test('an unknown context names the known ones', async () => {
  await expect(flattenContext([first, second, join(directory, 'none.yaml')], 'roon')).rejects.toMatchObject({
    code: 'context-unknown',
    facts: {context: 'roon', known: ['room', 'home']},
  });
});

test('the files are those that kubectl would read', () => {
  const home = '/home/eve';
  expect(kubeconfigFiles(undefined, {}, home)).toEqual([join(home, '.kube', 'config')]);
  expect(kubeconfigFiles(undefined, {KUBECONFIG: ['a', '', 'b'].join(delimiter)}, home)).toEqual(['a', 'b']);
  expect(kubeconfigFiles('given', {KUBECONFIG: 'a'}, home)).toEqual(['given']);
});

describe('what cannot be read is named, with the reason', () => {
  const read = async (...files: string[]) => flattenContext(files, 'gone').catch(error => error);
  test('a kubeconfig', async () => {
    const torn = join(directory, 'torn.yaml');
    await writeFile(torn, 'contexts:\n- name: room\n  context: {cluster: ro');
    expect(await read(first, torn)).toMatchObject({
      code: 'kubeconfig-unreadable',
      facts: {file: torn, detail: expect.stringMatching(/^[^\n]* at line 3, column \d+$/)},
    });
    expect(await read(directory)).toMatchObject({
      code: 'kubeconfig-unreadable',
      facts: {file: directory, detail: expect.stringContaining('EISDIR')},
    });
  });
  test.each<[unknown, string]>([
    ['hello', 'object'],
    [{contexts: [null]}, 'contexts.0: '],
    [{contexts: [{name: 'gone'}]}, 'contexts.0.context: '],
    [{clusters: {}}, 'clusters: '],
  ])('%j, which is no kubeconfig', async (content, detail) => {
    const file = await write('other.yaml', content as object);
    expect(await read(file)).toMatchObject({
      code: 'kubeconfig-unreadable',
      facts: {file, detail: expect.stringContaining(detail)},
    });
  });
  test.each([
    ['certificate-authority', {'certificate-authority': 'pki/gone.crt'}, {}],
    ['client-key', {}, {'client-key': 'pki/gone.crt'}],
    ['tokenFile', {}, {tokenFile: 'pki/gone.crt'}],
  ])('a file of its own: %s', async (_what, cluster, user) => {
    const file = await write('pointing.yaml', {
      contexts: [{name: 'gone', context: {cluster: 'gone', user: 'gone'}}],
      clusters: [{name: 'gone', cluster}],
      users: [{name: 'gone', user}],
    });
    expect(await read(file)).toMatchObject({
      code: 'kubeconfig-unreadable',
      facts: {file: join(directory, 'pki/gone.crt'), detail: expect.stringContaining('ENOENT')},
    });
  });
  test('empty lists and users, as kubectl writes them, are no reason', async () => {
    const file = await write('empty.yaml', {
      contexts: null,
      clusters: null,
      users: [{name: 'eve', user: null}],
    });
    expect(await read(file)).toMatchObject({code: 'context-unknown'});
  });
});
