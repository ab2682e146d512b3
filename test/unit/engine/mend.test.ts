import {expect, test} from 'vitest';
import {mendingCommands, nameOfLeft} from '../../../src/engine/mend.ts';
import type {Undo} from '../../../src/world/baseline.ts';

const now = [
  {
    name: 'n1',
    schedulable: true,
    labels: {},
    running: true,
    taints: [
      {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'},
      {key: 'kept', effect: 'NoSchedule'},
    ],
  },
];

test.each<[Undo, string, ...string[]]>([
  [
    {type: 'start-node', node: 'n1'},
    'node n1 (start-node)',
    'statelab node start n1 --provider k3d --cluster c',
  ],
  [
    {type: 'register-node', node: 'n1'},
    'node n1 (register-node)',
    'statelab node stop n1 --provider k3d --cluster c',
    'statelab node start n1 --provider k3d --cluster c',
  ],
  [
    {type: 'await-node', node: 'n1'},
    'node n1 (await-node)',
    'kubectl --kubeconfig /k wait --for=condition=Ready node/n1',
  ],
  [{type: 'uncordon', node: 'n1'}, 'node n1 (uncordon)', 'kubectl --kubeconfig /k uncordon n1'],
  [
    {type: 'labels', node: 'n1', labels: {disk: null, zone: 'a'}},
    'node n1 (labels)',
    'kubectl --kubeconfig /k label --overwrite node n1 disk- zone=a',
  ],
  [
    {type: 'annotations', node: 'n1', annotations: {note: 'ours', who: 'a team'}},
    'node n1 (annotations)',
    "kubectl --kubeconfig /k annotate node n1 note=ours 'who=a team'",
  ],
  [
    {type: 'taints', node: 'n1', taints: [{key: 'kept', effect: 'NoSchedule'}]},
    'node n1 (taints)',
    'kubectl --kubeconfig /k taint --overwrite node n1 node.kubernetes.io/out-of-service:NoExecute- kept=:NoSchedule',
  ],
  [
    {type: 'delete-object', kind: 'deployments.apps', namespace: 'default', name: 'db'},
    'deployments.apps/db in the namespace default',
    'kubectl --kubeconfig /k delete --namespace default deployments.apps/db',
  ],
  [
    {type: 'delete-namespace', namespace: 'statelab-test'},
    'namespace statelab-test',
    'kubectl --kubeconfig /k delete namespace statelab-test',
  ],
  [
    {type: 'delete-volume', name: 'pv', claim: 'default/x'},
    'PersistentVolume pv (claimed by default/x)',
    'kubectl --kubeconfig /k delete persistentvolume pv',
  ],
  [
    {type: 'remove-directory', node: 'n1', path: '/var/lib/statelab/test'},
    '/var/lib/statelab/test on n1',
    'statelab node exec --provider k3d --cluster c n1 -- rm -r /var/lib/statelab/test',
  ],
])('%j is mended by hand', (step, name, ...commands) => {
  expect(nameOfLeft(step)).toBe(name);
  const where = {provider: 'k3d', name: 'c', kubeconfig: '/k'} as const;
  expect(mendingCommands(step, now, where)).toEqual(commands);
});

test.each<[Undo, string]>([
  [
    {type: 'start-node', node: 'n1'},
    'statelab node start n1 --provider context --context kind --allow-node-operations',
  ],
  [
    {type: 'remove-directory', node: 'n1', path: '/var/lib/statelab/test'},
    'kubectl --context kind debug node/n1 --image busybox -- rm -r /host/var/lib/statelab/test',
  ],
])('%j is mended by hand on somebody else’s cluster too', (step, command) => {
  expect(mendingCommands(step, now, {provider: 'context', name: 'kind'})).toEqual([command]);
});

test('the commands are for the cluster that they are about, whatever its name', () => {
  const step = {type: 'uncordon', node: 'n1'} as const;
  expect(mendingCommands(step, now, {provider: 'context', name: 'a room', kubeconfig: '/copy'})).toEqual([
    "kubectl --context 'a room' uncordon n1",
  ]);
  expect(mendingCommands(step, now, {provider: 'k3d', name: 'c', kubeconfig: '/my files/k'})).toEqual([
    "kubectl --kubeconfig '/my files/k' uncordon n1",
  ]);
});
