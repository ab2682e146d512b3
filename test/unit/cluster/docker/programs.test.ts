import {expect, test} from 'vitest';
import {makerFailed} from '../../../../src/cluster/docker/failed.ts';
import {checkDocker, type Docker} from '../../../../src/cluster/docker/programs.ts';
import {ProgramFailed, ProgramSilent} from '../../../../src/kube/program.ts';

const signal = new AbortController().signal;
const ended = (stderr = '') => ({exitCode: 1, stdout: '', stderr, output: stderr});
const failing = (error: Error) => ({docker: () => Promise.reject(error)}) as unknown as Docker;

test.each([
  [new ProgramSilent('docker', [], ended(), 20), {seconds: 20}],
  [new ProgramFailed('docker', [], ended('no such context')), {detail: 'no such context'}],
  [new ProgramFailed('docker', [], ended()), {detail: 'docker ended with exit code 1'}],
])('a Docker that cannot be used is told with the reason: %s', async (error, facts) => {
  await expect(checkDocker(failing(error), signal)).rejects.toMatchObject({code: 'docker-down', facts});
});

test('a provider whose program says nothing is told with the time that it had', () => {
  const error = new ProgramSilent('k3d', ['version'], ended(), 20);
  expect(makerFailed({id: 'k3d', reasonOf: () => ''}, error)).toMatchObject({
    code: 'provider-failed',
    facts: {provider: 'k3d', seconds: 20},
  });
});
