import {expect, test} from 'vitest';
import {quantityValue} from '../../../src/sandbox/quantity.ts';

test.each([
  ['1Gi', 2 ** 30],
  ['1.5Ki', 1536],
  ['500m', 0.5],
  ['2e3', 2000],
  ['3E', 3e18],
  ['10', 10],
  [4, 4],
  ['ten', Number.NaN],
])('%s is worth %d', (quantity, value) => expect(quantityValue(quantity)).toBe(value));
