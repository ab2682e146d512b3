import {expect, test} from 'vitest';
import {isOlder} from '../../src/node-version.ts';

test.each([
  ['20.20.2', '22.19', true],
  ['22.18.0', '22.19', true],
  ['9.11.2', '22.19', true],
  ['22.9.0', '22.19', true],
  ['22.19.0', '22.19', false],
  ['22.19.0-nightly', '22.19', false],
  ['24.0.0', '22.19', false],
  ['100.1.0', '22.19', false],
])('%s is older than %s: %s', (version, wanted, older) => expect(isOlder(version, wanted)).toBe(older));
