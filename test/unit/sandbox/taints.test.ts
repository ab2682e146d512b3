import {expect, test} from 'vitest';
import {tolerates} from '../../../src/sandbox/taints.ts';

const taint = {key: 'dedicated', value: 'db', effect: 'NoSchedule'};

test.each([
  [{operator: 'Exists'}, true],
  [{key: 'dedicated', operator: 'Exists'}, true],
  [{key: 'dedicated', value: 'db'}, true],
  [{key: 'dedicated', value: 'db', effect: 'NoSchedule'}, true],
  [{key: 'dedicated', value: 'web'}, false],
  [{key: 'dedicated', operator: 'Exists', effect: 'NoExecute'}, false],
  [{key: 'other', operator: 'Exists'}, false],
])('%j forgives dedicated=db:NoSchedule: %s', (toleration, forgiven) =>
  expect(tolerates(toleration, taint)).toBe(forgiven),
);
