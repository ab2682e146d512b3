import {describe, expect, test} from 'vitest';
import {realClock as clock} from '../../../../src/clock.ts';
import {k3dProvider} from '../../../../src/cluster/k3d/index.ts';
import {minikubeProvider} from '../../../../src/cluster/minikube/index.ts';
import {toldApi} from '../../../../src/cluster/told-api.ts';
import {unreachable} from '../../../../src/cluster/unreachable.ts';
import type {ClusterApi} from '../../../../src/engine/ports.ts';
import {ApiError} from '../../../../src/kube/client.ts';
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

describe('a profile of minikube’s whose file was cut off', () => {
  const listed = (docker: 'docker-that-runs' | 'docker-with-a-mark') =>
    minikubeProvider(optionsOn(pathOf({docker, minikube: 'minikube-with-a-torn-profile'}))).list(signal);
  test('is nobody’s that statelab knows', async () => {
    expect(await listed('docker-that-runs')).toMatchObject([{name: 'statelab', ours: false}]);
  });
  test('is statelab’s to make anew or to delete where it was making it', async () => {
    const unfinished = {doing: 'create'};
    expect(await listed('docker-with-a-mark')).toMatchObject([{name: 'statelab', ours: true, unfinished}]);
  });
});

test('images for a node that is stopped meanwhile: that they did not come is told', async () => {
  const provider = k3dProvider(
    optionsOn(pathOf({docker: 'docker-whose-nodes-stop', k3d: 'k3d-with-a-cluster'})),
  );
  const cluster = await provider.connect('statelab', signal);
  await expect(cluster.loadImages(['nginx:1.26'], () => {}, signal)).rejects.toMatchObject({
    code: 'cluster-failed',
    facts: {cluster: 'statelab', doing: 'load images', detail: expect.stringContaining('is not running')},
  });
  await cluster.close();
});

describe('an API server that does not answer, though its containers run', () => {
  test('is told of by whatever is asked of it', async () => {
    const provider = k3dProvider(optionsOn(pathOf({docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'})));
    const {api, close} = await provider.connect('statelab', signal);
    const silent = {
      code: 'cluster-unreachable',
      facts: {cluster: 'statelab', provider: 'k3d', detail: expect.stringContaining('ECONNREFUSED')},
    };
    await expect(api.version(signal)).rejects.toMatchObject(silent);
    await expect(api.namespace('default', signal)).rejects.toMatchObject(silent);
    await expect(api.ensureNamespace('default', 'lab', signal)).rejects.toMatchObject(silent);
    await close();
  });
  const asked = (error: Error, until = signal) =>
    toldApi(
      {version: () => Promise.reject(error)} as unknown as ClusterApi,
      unreachable('k3d', 'statelab'),
    ).version(until);
  test.each([401, 503])('is the same when it is about to start: %d', async status => {
    await expect(asked(new ApiError(status, '', 'starting'))).rejects.toMatchObject({
      code: 'cluster-unreachable',
      facts: {detail: 'starting'},
    });
  });
  test('is not this when whoever asked waits no longer', async () => {
    const {reason} = AbortSignal.abort(new DOMException('', 'TimeoutError'));
    await expect(asked(reason)).rejects.toMatchObject({code: 'cluster-unreachable'});
    await expect(asked(reason, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
  test.each([new ApiError(404, 'NotFound', 'no'), new TypeError('bug')])('is not this: %s', async error => {
    await expect(asked(error)).rejects.toBe(error);
  });
});
