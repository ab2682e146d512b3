import {expect, test} from 'vitest';
import {belowNodeRoot} from '../../../src/kube/node-directory.ts';

test.each([
  ['/var/lib/statelab/lab', '/var/lib/statelab/lab'],
  ['/var/lib/statelab/lab/', '/var/lib/statelab/lab'],
  ['/var/lib/statelab//lab/./mysql', '/var/lib/statelab/lab/mysql'],
  ['/var/lib/statelab/lab/../other', '/var/lib/statelab/other'],
])('%s is %s', (path, clean) => expect(belowNodeRoot(path)).toBe(clean));

test.each([
  '/',
  '/var/lib/statelab',
  '/var/lib/statelab/',
  '/var/lib/statelab/..',
  '/var/lib/statelab/lab/../../rancher',
  '/var/lib/statelab-other/x',
  'lab',
  '',
])('"%s" is refused', path => expect(() => belowNodeRoot(path)).toThrow('is not below /var/lib/statelab'));
