import {expect, test} from 'vitest';
import {labIds} from '../../../src/lab/catalog.ts';
import {labGroups} from '../../helpers/lab-groups.ts';

test('every lab is played, once', () => {
  expect(Object.values(labGroups).flat().sort()).toEqual(labIds().sort());
});
