import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
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
