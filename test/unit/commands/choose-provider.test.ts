import {describe, expect, test} from 'vitest';
import type {App, GlobalOptions} from '../../../src/commands/app.ts';
import {chooseProvider, listProviders} from '../../../src/commands/choose-provider.ts';
import type {Report} from '../../../src/commands/view.ts';
import type {ClusterInfo, Provider, ProviderId} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';

const dockerDown = new ExpectedError('docker-down', {detail: 'refused'});
const noMinikube = new ExpectedError('program-missing', {program: 'minikube'});
const fails = new ExpectedError('provider-failed', {provider: 'minikube', detail: 'no home'});
const cluster = (provider: ProviderId, more: Partial<ClusterInfo> = {}): ClusterInfo => ({
  provider,
  name: 'statelab',
  ours: true,
  running: true,
  nodes: [],
  ...more,
});

interface Machine {
  options?: Partial<GlobalOptions>;
  /** Why a provider does not work here. */
  refusals?: Partial<Record<ProviderId, Error>>;
  /** Why one that does work cannot say which clusters it has. */
  silent?: Partial<Record<ProviderId, Error>>;
  clusters?: ClusterInfo[];
}

function machine({options = {}, refusals = {}, silent = {}, clusters = []}: Machine) {
  const reports: Report[] = [];
  const provider = (id: ProviderId) => ({
    id,
    check: async () => {
      if (refusals[id]) throw refusals[id];
    },
    list: async () => {
      if (silent[id]) throw silent[id];
      return clusters.filter(one => one.provider === id);
    },
  });
  const app = {
    outside: {signal: new AbortController().signal},
    options: {json: false, yes: false, ...options},
    view: {report: (report: Report) => void reports.push(report)},
    provider: async (id: ProviderId) => provider(id) as unknown as Provider,
  } as unknown as App;
  return {app, reports};
}

async function chosen(given: Machine) {
  const {app, reports} = machine(given);
  return {id: (await chooseProvider(app)).id, reports};
}

describe('the provider', () => {
  test('is the one asked for, without a word', async () => {
    expect(await chosen({options: {provider: 'sandbox'}})).toEqual({id: 'sandbox', reports: []});
    expect(await chosen({options: {context: 'kind'}})).toEqual({id: 'context', reports: []});
  });
  test('asked for is not replaced by another when it does not work', async () => {
    const given = {options: {provider: 'k3d'} as const, refusals: {k3d: dockerDown}};
    await expect(chosen(given)).rejects.toBe(dockerDown);
  });
  test('is k3d where it works', async () => {
    expect(await chosen({})).toEqual({
      id: 'k3d',
      reports: [{type: 'provider-chosen', provider: 'k3d', because: 'usable', without: []}],
    });
  });
  test('is minikube where k3d does not work, and says why', async () => {
    const without = [{provider: 'k3d', error: dockerDown}];
    expect(await chosen({refusals: {k3d: dockerDown}})).toEqual({
      id: 'minikube',
      reports: [{type: 'provider-chosen', provider: 'minikube', because: 'usable', without}],
    });
  });
  test('is the sandbox where neither works, and says why', async () => {
    const without = [
      {provider: 'k3d', error: dockerDown},
      {provider: 'minikube', error: noMinikube},
    ];
    expect(await chosen({refusals: {k3d: dockerDown, minikube: noMinikube}})).toEqual({
      id: 'sandbox',
      reports: [{type: 'provider-chosen', provider: 'sandbox', because: 'usable', without}],
    });
  });
  test('is the one whose cluster runs already', async () => {
    const {id, reports} = await chosen({clusters: [cluster('sandbox')]});
    expect([id, reports]).toMatchObject(['sandbox', [{because: 'running'}]]);
  });
  test.each([
    ['is stopped', cluster('sandbox', {running: false})],
    ['is somebody else’s', cluster('sandbox', {ours: false})],
    ['has another name', cluster('sandbox', {name: 'other'})],
  ])('is not chosen for a cluster that %s', async (_why, one) => {
    expect((await chosen({clusters: [one]})).id).toBe('k3d');
  });
  test('that cannot say which clusters it has stands back for the next', async () => {
    expect(await chosen({silent: {k3d: fails}})).toMatchObject({
      id: 'minikube',
      reports: [{because: 'usable', without: [{provider: 'k3d', error: fails}]}],
    });
    expect((await chosen({silent: {k3d: fails, minikube: fails}, clusters: [cluster('sandbox')]})).id).toBe(
      'sandbox',
    );
  });
  test('is not said to be chosen because of one that comes after it', async () => {
    const {reports} = await chosen({refusals: {minikube: noMinikube}});
    expect(reports).toMatchObject([{provider: 'k3d', without: []}]);
    expect(await chosen({silent: {minikube: fails}})).toMatchObject({id: 'k3d', reports: [{without: []}]});
  });
  test.each(['refusals', 'silent'] as const)('a bug is no reason to take another: %s', async where => {
    const bug = new TypeError('bug');
    await expect(chosen({[where]: {k3d: bug}})).rejects.toBe(bug);
  });
});

test('what is listed are the clusters of those that work, or of the one asked for', async () => {
  const ids = async (given: Machine) => {
    const {listed, refused} = await listProviders(machine(given).app);
    return [listed, refused].map(all => all.map(({provider}) => provider.id));
  };
  expect(await ids({})).toEqual([['k3d', 'minikube', 'sandbox'], []]);
  expect(await ids({refusals: {k3d: dockerDown, minikube: dockerDown}})).toEqual([
    ['sandbox'],
    ['k3d', 'minikube'],
  ]);
  expect(await ids({silent: {minikube: fails}})).toEqual([['k3d', 'sandbox'], ['minikube']]);
  expect(await ids({options: {provider: 'k3d'}})).toEqual([['k3d'], []]);
  await expect(ids({options: {provider: 'minikube'}, silent: {minikube: fails}})).rejects.toBe(fails);
});
