import {expect, test} from 'vitest';
import type {Controller} from '../../../../../src/sandbox/control/controller.ts';
import {daemonSets} from '../../../../../src/sandbox/control/daemonset/daemonsets.ts';
import {fromKey, itself, reconciler} from '../../../../../src/sandbox/control/reconciler.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

/** Puts each daemon on the node it is meant for, before the stand-in kubelet takes it elsewhere. */
const binding: Controller = context =>
  void reconciler(context, {
    name: 'binding',
    watches: {pods: itself},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const pod = context.registry.get('pods', namespace, name);
      const terms =
        pod?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
      const nodeName = terms?.[0]?.matchFields?.[0]?.values?.[0];
      if (!pod || pod.spec?.nodeName || !nodeName) return;
      context.registry.change('pods', pod, ({spec}) => void Object.assign(spec ?? {}, {nodeName}), {
        subresource: 'binding',
      });
    },
  });

async function openDaemons(podSpec: object = {}) {
  const cluster = await openCluster([daemonSets, binding, standInKubelet()]);
  const {registry, node} = cluster;
  for (const name of ['server-0', 'agent-0', 'agent-1']) node(name);
  registry.create('daemonsets.apps', {
    metadata: {namespace: 'lab', name: 'log'},
    spec: {
      selector: {matchLabels: {app: 'log'}},
      template: {
        metadata: {labels: {app: 'log'}},
        spec: {containers: [{name: 'a', image: 'a:1'}], ...podSpec},
      },
    },
  });
  return {
    ...cluster,
    nodes: () =>
      registry
        .list('pods', 'lab')
        .map(({spec}) => spec?.nodeName)
        .toSorted(),
    status: () => registry.get('daemonsets.apps', 'lab', 'log')?.status,
  };
}

test('runs a Pod on every node, and on one that comes later', async () => {
  const {clock, nodes, node, status} = await openDaemons();
  await clock.advance(5000);
  expect(nodes()).toEqual(['agent-0', 'agent-1', 'server-0']);
  node('agent-2');
  await clock.advance(5000);
  expect(nodes()).toEqual(['agent-0', 'agent-1', 'agent-2', 'server-0']);
  expect(status()).toEqual({
    desiredNumberScheduled: 4,
    currentNumberScheduled: 4,
    numberMisscheduled: 0,
    numberReady: 4,
    numberAvailable: 4,
    updatedNumberScheduled: 4,
    observedGeneration: 1,
  });
});

test('bears with a cordoned node, leaves one with a NoExecute taint, and keeps to its node selector', async () => {
  const {registry, clock, nodes} = await openDaemons({nodeSelector: {disk: 'ssd'}});
  const edit = (name: string, rest: {labels?: Record<string, string>; spec?: object}) =>
    registry.change('nodes', {name}, draft => {
      Object.assign(draft.metadata.labels ?? {}, rest.labels);
      Object.assign(draft.spec ?? {}, rest.spec);
    });
  await clock.advance(5000);
  expect(nodes()).toEqual([]);
  const cordoned = [{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}];
  edit('agent-0', {labels: {disk: 'ssd'}, spec: {unschedulable: true, taints: cordoned}});
  edit('agent-1', {labels: {disk: 'ssd'}});
  await clock.advance(5000);
  expect(nodes()).toEqual(['agent-0', 'agent-1']);
  edit('agent-1', {spec: {taints: [{key: 'maintenance', effect: 'NoExecute'}]}});
  await clock.advance(5000);
  expect(nodes()).toEqual(['agent-0']);
});

test('a new template replaces one Pod at a time, each when the one before is available', async () => {
  const {registry, clock} = await openDaemons();
  await clock.advance(5000);
  let fewest = 3;
  registry.subscribe('pods', () => {
    const ready = registry
      .list('pods', 'lab')
      .filter(({metadata, status}) => !metadata.deletionTimestamp && status?.phase === 'Running');
    fewest = Math.min(fewest, ready.length);
  });
  registry.change('daemonsets.apps', {namespace: 'lab', name: 'log'}, ({spec}) => {
    for (const container of spec?.template.spec?.containers ?? []) container.image = 'a:2';
  });
  await clock.advance(20_000);
  expect(fewest).toBe(2);
  expect(registry.list('pods', 'lab').map(({spec}) => spec?.containers[0]?.image)).toEqual([
    'a:2',
    'a:2',
    'a:2',
  ]);
});
