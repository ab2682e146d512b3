import {expect, test} from 'vitest';
import {programs} from '../../../../src/cluster/minikube/programs.ts';
import {defaultFlags} from '../../../../src/cluster/minikube/wishes.ts';
import type {Environment} from '../../../../src/kube/program.ts';

/** @param configured what `minikube config view` lists */
const flagsWith = (env: Environment, configured = '') => {
  const answer = {exitCode: 0, stdout: configured, stderr: '', output: configured};
  return defaultFlags(
    {...programs(env, '/none'), minikube: async () => answer},
    new AbortController().signal,
  );
};

test('statelab says how much memory and which runtime where the learner says nothing', async () => {
  expect(await flagsWith({})).toEqual(['--memory', '2200', '--container-runtime', 'containerd']);
});

test.each<[string, Environment, string?]>([
  ['a flag', {STATELAB_MINIKUBE_FLAGS: '--cpus 2 --memory=4g'}],
  ['a flag and its value', {STATELAB_MINIKUBE_FLAGS: '--memory 4g'}],
  ['a variable', {MINIKUBE_MEMORY: '4g'}],
  ['minikube config set', {}, 'driver\nmemory\n'],
])('and not what is said by %s', async (_how, env, configured) => {
  expect(await flagsWith(env, configured)).toEqual(['--container-runtime', 'containerd']);
});

test('flags are parted as a shell does', () => {
  const {flags} = programs({STATELAB_MINIKUBE_FLAGS: `--cpus 2 --extra-config='a.b=c d'`}, '/none');
  expect(flags).toEqual(['--cpus', '2', '--extra-config=a.b=c d']);
});
