import {expect, test} from 'vitest';
import {meets, selects} from '../../../src/sandbox/label-selector.ts';

const labels = {app: 'db', tier: 'back', weight: '10'};

test.each([
  [{matchLabels: {app: 'db'}}, true],
  [{matchLabels: {app: 'db', tier: 'front'}}, false],
  [{matchExpressions: [{key: 'app', operator: 'In', values: ['web', 'db']}]}, true],
  [{matchExpressions: [{key: 'zone', operator: 'In', values: ['a']}]}, false],
  [{matchExpressions: [{key: 'zone', operator: 'NotIn', values: ['a']}]}, true],
  [{matchExpressions: [{key: 'app', operator: 'NotIn', values: ['db']}]}, false],
  [{matchExpressions: [{key: 'tier', operator: 'Exists'}]}, true],
  [{matchExpressions: [{key: 'tier', operator: 'DoesNotExist'}]}, false],
  [{matchLabels: {app: 'db'}, matchExpressions: [{key: 'zone', operator: 'Exists'}]}, false],
  [{}, true],
  [undefined, false],
])('%j: %s', (selector, chosen) => expect(selects(selector, labels)).toBe(chosen));

test('node selectors compare numbers too, where there are numbers', () => {
  const weighs = (operator: string, key: string, value: string) =>
    meets({key, operator, values: [value]}, labels);
  expect([weighs('Gt', 'weight', '9'), weighs('Lt', 'weight', '9'), weighs('Gt', 'app', '9')]).toEqual([
    true,
    false,
    false,
  ]);
});
