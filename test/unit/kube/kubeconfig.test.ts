import {mkdtemp, readdir, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {
  currentNamespace,
  kubeconfigFile,
  readKubeconfig,
  setCurrentNamespace,
  writeKubeconfig,
} from '../../../src/kube/kubeconfig.ts';

const content = {
  'current-context': 'one',
  contexts: [
    {name: 'one', context: {cluster: 'c', user: 'u'}},
    {name: 'two', context: {cluster: 'c', user: 'u', namespace: 'other'}},
  ],
};
let file: string;
beforeEach(async () => {
  file = kubeconfigFile(await mkdtemp(join(tmpdir(), 'statelab-kubeconfig-')), 'context', 'arn:aws/one@home');
});

test('is for its owner alone, and nothing else is left beside it', async () => {
  await writeKubeconfig(file, content);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(dirname(file))).toHaveLength(1);
  expect(await readKubeconfig(file)).toEqual(content);
});

test('keeps its namespace when it is written anew', async () => {
  await writeKubeconfig(file, content);
  await setCurrentNamespace(file, 'statelab-lab');
  await writeKubeconfig(file, content);
  expect(currentNamespace(await readKubeconfig(file))).toBe('statelab-lab');
  expect((await readKubeconfig(file)).contexts?.[1]?.context.namespace).toBe('other');
});
