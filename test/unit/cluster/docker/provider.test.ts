import {describe, expect, test} from 'vitest';
import {realClock as clock} from '../../../../src/clock.ts';
import {k3dProvider} from '../../../../src/cluster/k3d/index.ts';
import {minikubeProvider} from '../../../../src/cluster/minikube/index.ts';
import {emptyDirectory} from '../../../helpers/directory.ts';
import {pathOf} from '../../../helpers/programs.ts';

const signal = new AbortController().signal;
const optionsOn = (PATH: string) => ({env: {PATH}, clock, stateDirectory: emptyDirectory(), terminal: false});

describe('a program that fails', () => {
  const minikube = () =>
    minikubeProvider(optionsOn(pathOf({docker: 'docker-that-runs', minikube: 'minikube-without-home'})));
  const refusal = {
    code: 'provider-failed',
    facts: {provider: 'minikube', detail: expect.stringMatching(/^HOST_HOME_MKDIR: .* not a directory$/)},
  };
  test('is told in its own words, whatever it was asked', async () => {
    await expect(minikube().check(signal)).rejects.toMatchObject(refusal);
    await expect(minikube().list(signal)).rejects.toMatchObject(refusal);
    await expect(minikube().connect('statelab', signal)).rejects.toMatchObject(refusal);
    await expect(minikube().create('statelab', {agents: 1}, () => {}, signal)).rejects.toMatchObject(refusal);
    await expect(minikube().remove('statelab', signal)).rejects.toMatchObject(refusal);
  });
  test('as one that is not there is not', async () => {
    await expect(
      k3dProvider(optionsOn(pathOf({docker: 'docker-that-runs'}))).list(signal),
    ).rejects.toMatchObject({
      code: 'program-missing',
    });
  });
});
