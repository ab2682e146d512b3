import {expect, test} from 'vitest';
import {labIds} from '../../../src/lab/catalog.ts';
import {inPathOrder, presupposedBy} from '../../../src/lab/path.ts';

const path = [
  ...['hostpath-deployment', 'static-pv', 'emptydir', 'hostpath-pod', 'pvc', 'statefulset'],
  ...['emptydir-statefulset', 'takeover', 'node-loss'],
];

test('labs come in the order of the path, all others after them, by name', () => {
  expect(inPathOrder(['zebra', 'pvc', 'node-loss', 'another', 'hostpath-deployment'])).toEqual([
    ...['hostpath-deployment', 'pvc', 'node-loss'],
    ...['another', 'zebra'],
  ]);
  expect(inPathOrder(path.toSorted())).toEqual(path);
});

test('every lab is on the path', () => {
  expect(path).toEqual(expect.arrayContaining(labIds()));
});

test.each(path)('what %s takes for known comes before it', lab => {
  for (const known of presupposedBy(lab)) expect(path.indexOf(known)).toBeLessThan(path.indexOf(lab));
  expect(presupposedBy(lab).filter(known => !path.includes(known))).toEqual([]);
});

test('a lab that is not on the path takes nothing for known', () => {
  expect(presupposedBy('zebra')).toEqual([]);
  expect(presupposedBy('constructor')).toEqual([]);
});
