import {describe, expect, test} from 'vitest';
import {fillIn, placeholdersOf, withoutPlaceholders} from '../../../src/lab/variables.ts';

const path = '${volume.spec.local.path|volume.spec.hostPath.path}';

describe('of several names in one placeholder', () => {
  test.each([
    [{volume: {spec: {local: {path: '/local'}}}}, '/local'],
    [{volume: {spec: {hostPath: {path: '/host'}}}}, '/host'],
    [{volume: {spec: {csi: {driver: 'example.org'}}}}, path],
    [{volume: {spec: {local: {path: {}}, hostPath: {path: '/host'}}}}, '/host'],
  ])('the first that has a value is filled in: %j', (variables, filled) => {
    expect(fillIn(`ls ${path}`, variables)).toBe(`ls ${filled}`);
  });

  test('each is a name of its own', () => {
    expect(placeholdersOf(path)).toEqual(['volume.spec.local.path', 'volume.spec.hostPath.path']);
  });

  test('a word as long takes the place of all of them', () => {
    expect(withoutPlaceholders(`{path: ${path}}`)).toBe(`{path: ${'x'.repeat(path.length)}}`);
  });
});
