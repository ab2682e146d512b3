import {expect, test} from 'vitest';
import {disruptionBudgets} from '../../../../../src/sandbox/control/disruption/budgets.ts';
import {evict} from '../../../../../src/sandbox/control/eviction.ts';
import {replicaSets} from '../../../../../src/sandbox/control/replicaset/replicasets.ts';
import {StatusError} from '../../../../../src/sandbox/status-error.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

async function openWeb(budget: object, replicas = 2) {
  const cluster = await openCluster([replicaSets, disruptionBudgets, standInKubelet()]);
  const {registry, clock} = cluster;
  const protect = (name: string, spec: object) =>
    registry.create('poddisruptionbudgets.policy', {
      metadata: {namespace: 'lab', name},
      spec: {selector: {matchLabels: {app: 'web'}}, ...spec},
    });
  protect('budget', budget);
  registry.create('replicasets.apps', {
    metadata: {namespace: 'lab', name: 'web'},
    spec: {
      replicas,
      selector: {matchLabels: {app: 'web'}},
      template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'a', image: 'a:1'}]}},
    },
  });
  await clock.advance(5000);
  const pods = () => registry.list('pods', 'lab').map(({metadata}) => metadata.name);
  return {
    ...cluster,
    protect,
    pods,
    status: () => registry.get('poddisruptionbudgets.policy', 'lab', 'budget')?.status,
    tryEvict: (name = pods()[0] ?? '', options: object = {}) => {
      try {
        evict(registry, 'lab', name, options, clock.now());
        return 'evicted';
      } catch (error) {
        if (error instanceof StatusError)
          return {code: error.code, message: error.message, details: error.details};
        throw error;
      }
    },
  };
}

test('a budget says how many Pods may go', async () => {
  const {status, clock} = await openWeb({minAvailable: 1});
  expect(status()).toMatchObject({
    currentHealthy: 2,
    desiredHealthy: 1,
    disruptionsAllowed: 1,
    expectedPods: 2,
    observedGeneration: 1,
    conditions: [{type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: ''}],
  });
  expect(clock.now()).toBeGreaterThan(0);
});

test.each([
  [{minAvailable: '50%'}, 5, 3],
  [{maxUnavailable: 1}, 5, 4],
  [{maxUnavailable: '30%'}, 5, 3],
  [{minAvailable: 7}, 5, 7],
])('%j of %i Pods asks for %i healthy ones', async (budget, replicas, desiredHealthy) => {
  const {status} = await openWeb(budget, replicas);
  expect(status()).toMatchObject({expectedPods: replicas, desiredHealthy});
});

test('an eviction marks the Pod, uses the budget up, and gives it back when the Pod is replaced', async () => {
  const {registry, clock, pods, tryEvict, status} = await openWeb({minAvailable: 1});
  const [first = '', second = ''] = pods();
  expect(tryEvict(first)).toBe('evicted');
  expect(registry.get('pods', 'lab', first)?.status?.conditions).toContainEqual({
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastProbeTime: null,
    lastTransitionTime: '2026-11-21T12:00:05Z',
  });
  expect(registry.get('pods', 'lab', first)?.metadata.deletionTimestamp).toBeDefined();
  expect(status()).toMatchObject({disruptionsAllowed: 0, disruptedPods: {[first]: '2026-11-21T12:00:05Z'}});
  expect(tryEvict(second)).toMatchObject({code: 429});
  await clock.advance(5000);
  expect(status()).toMatchObject({disruptionsAllowed: 1});
  expect(status()).not.toHaveProperty('disruptedPods');
});

test('an eviction that would go too far is refused, and says why', async () => {
  const {tryEvict, pods} = await openWeb({minAvailable: 2});
  expect(tryEvict()).toEqual({
    code: 429,
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget budget needs 2 healthy pods and has 2 currently',
          field: '',
        },
      ],
    },
  });
  expect(pods()).toHaveLength(2);
});

test('two budgets for one Pod are one too many', async () => {
  const {protect, clock, tryEvict} = await openWeb({minAvailable: 0});
  protect('other', {minAvailable: 0});
  await clock.advance(100);
  expect(tryEvict()).toMatchObject({
    code: 500,
    message:
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  });
});

test('a budget that was changed and not looked at since is waited for', async () => {
  const {registry, tryEvict} = await openWeb({minAvailable: 1});
  registry.change('poddisruptionbudgets.policy', {namespace: 'lab', name: 'budget'}, ({spec}) => {
    Object.assign(spec ?? {}, {minAvailable: 2});
  });
  expect(tryEvict()).toMatchObject({
    code: 429,
    details: {
      retryAfterSeconds: 10,
      causes: [{message: 'The disruption budget budget is still being processed by the server.'}],
    },
  });
});

test('a Pod that has not started yet, or has ended, needs no budget', async () => {
  const {registry, pod, tryEvict, getPod} = await openWeb({minAvailable: 9});
  pod('pending', {}, {labels: {app: 'web'}});
  expect(tryEvict('pending')).toBe('evicted');
  pod('ended', {}, {labels: {app: 'web'}});
  registry.change(
    'pods',
    {namespace: 'lab', name: 'ended'},
    ({status}) => void Object.assign(status ?? {}, {phase: 'Succeeded'}),
    {subresource: 'status'},
  );
  expect(tryEvict('ended')).toBe('evicted');
  expect([getPod('pending'), getPod('ended')]).toEqual([undefined, undefined]);
});

test('a dry run checks, and changes nothing', async () => {
  const {registry, tryEvict} = await openWeb({minAvailable: 1});
  const {version} = registry;
  expect(tryEvict(undefined, {dryRun: true})).toBe('evicted');
  expect(registry.version).toBe(version);
});

test('a Pod that is not there is not found', async () => {
  const {tryEvict} = await openWeb({minAvailable: 1});
  expect(tryEvict('nobody')).toMatchObject({code: 404, message: 'pods "nobody" not found'});
});
