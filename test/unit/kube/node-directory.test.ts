import {expect, test} from 'vitest';
import {belowRoot, nodeRoot, sharedMount} from '../../../src/kube/node-directory.ts';

test.each([
  ['/var/lib/statelab/lab', '/var/lib/statelab/lab'],
  ['/var/lib/statelab/lab/', '/var/lib/statelab/lab'],
  ['/var/lib/statelab//lab/./mysql', '/var/lib/statelab/lab/mysql'],
  ['/var/lib/statelab/lab/../other', '/var/lib/statelab/other'],
])('%s is %s', (path, clean) => expect(belowRoot(path, [nodeRoot])).toBe(clean));

test.each([
  '/',
  '/var/lib/statelab',
  '/var/lib/statelab/',
  '/var/lib/statelab/..',
  '/var/lib/statelab/lab/../../rancher',
  '/var/lib/statelab-other/x',
  'lab',
  '',
])('"%s" is refused', path =>
  expect(() => belowRoot(path, [nodeRoot])).toThrow('is not below /var/lib/statelab'),
);

test('any of several roots will do, and none of them itself', () => {
  const roots = [nodeRoot, sharedMount];
  expect(belowRoot('/lab-shared/lab', roots)).toBe('/lab-shared/lab');
  expect(() => belowRoot('/lab-shared', roots)).toThrow('is not below /var/lib/statelab or /lab-shared');
  expect(() => belowRoot('/lab-shared/lab', [nodeRoot])).toThrow('is not below /var/lib/statelab');
});
