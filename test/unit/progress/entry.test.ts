import {expect, test} from 'vitest';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import {readLine, versionOfTornLine, writeLine} from '../../../src/progress/entry.ts';

const object = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'web',
    uid: 'u',
    labels: {app: 'web'},
    generation: 3,
    ownerReferences: [{kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true}],
    finalizers: ['a'],
  },
  spec: {containers: [{name: 'web'}]},
};

const entries: JournalEntry[] = [
  {
    at: 1,
    type: 'opened',
    lab: 'lab',
    place: {provider: 'k3d', cluster: 'c', identity: 'i', namespaceUid: 'n'},
    baseline: {
      nodes: [
        {
          name: 'n',
          schedulable: true,
          labels: {a: 'b'},
          taints: [{key: 'k', effect: 'NoSchedule'}],
          running: true,
        },
      ],
    },
  },
  {
    at: 1,
    type: 'opened',
    lab: 'lab',
    place: {provider: 'sandbox', cluster: 'c', identity: 'i', namespaceUid: 'n', database: 'mysql'},
    capabilities: {
      workers: 2,
      hostPath: true,
      sharedDirectory: '/shared',
      nodeOperations: false,
      nodeChanges: true,
      persistentVolumes: false,
      defaultClass: {name: 'c', provisioner: 'p', bindingMode: 'Immediate', volumes: 'follows'},
      unseen: ['nodes'],
      withheld: {persistentVolumes: 'unasked', workers: 'forbidden'},
    },
    baseline: {nodes: []},
  },
  {at: 2, type: 'step-opened', step: 's'},
  {at: 3, type: 'milestone', step: 's', milestone: 'm'},
  {at: 4, type: 'milestone', step: 's', milestone: 'm', remember: {name: 'first', object}},
  {at: 5, type: 'rewound', step: 's'},
  {at: 6, type: 'answered', step: 's', answer: '改行\n\u2028と"引用"', right: false},
  {at: 7, type: 'hinted', step: 's', hint: 1},
  {at: 8, type: 'step-reached', step: 's', by: 'solve'},
  {at: 9, type: 'step-skipped', step: 's', why: 'w'},
  {
    at: 10,
    type: 'changed',
    change: {node: 'n', field: 'schedulable', before: true, after: false},
    typed: true,
  },
  {
    at: 10,
    type: 'changed',
    change: {node: 'n', field: 'label', key: 'disk', before: null, after: 'fast'},
    typed: false,
  },
  {at: 10, type: 'volume-seen', name: 'pv', uid: 'u'},
  {at: 10, type: 'restoring', what: 'nodes'},
  {at: 10, type: 'restored', what: 'nodes'},
  {at: 10, type: 'restoring', what: 'reset'},
  {at: 10, type: 'reset'},
];

test.each(entries)('$type is read as it was written, on one line', entry => {
  const line = writeLine(entry);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(readLine(line.trimEnd())).toEqual({kind: 'entry', entry});
});

test.each([
  ['{"v":2,"at":1,"type":"reset"}', {kind: 'newer', version: 2}],
  ['{"anything":1,"v":7}', {kind: 'newer', version: 7}],
  ['{"v":1,"at":1,"type":"reset"', {kind: 'no-json'}],
  ['', {kind: 'no-json'}],
  ['{"v":1,"at":1,"type":"renamed"}', {kind: 'unknown'}],
  ['{"v":1,"at":"1","type":"reset"}', {kind: 'unknown'}],
  ['{"at":1,"type":"reset"}', {kind: 'unknown'}],
  ['null', {kind: 'unknown'}],
])('%s', (line, read) => {
  expect(readLine(line)).toEqual(read);
});

test('a torn line still tells its version', () => {
  expect(versionOfTornLine('{"v":2,"a')).toBe(2);
  expect(versionOfTornLine('{"v":1')).toBe(1);
  expect(versionOfTornLine('{"v":')).toBeUndefined();
});
