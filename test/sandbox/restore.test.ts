import {describe} from 'vitest';
import {restoreSuite} from '../e2e/restore-suite.ts';
import {sandboxPlace} from '../helpers/places.ts';

describe('a reset on a sandbox', () => {
  restoreSuite(() => sandboxPlace('restore', 4));
});
