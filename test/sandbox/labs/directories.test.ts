import {describe} from 'vitest';
import {labsSuite} from '../../e2e/labs-suite.ts';
import {sandboxPlace} from '../../helpers/places.ts';

describe('labs on a sandbox', () => {
  labsSuite('directories', () => sandboxPlace('directories', 2));
});
