import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {findLab, getLab, labIds, loadLabFrom} from '../../../src/lab/catalog.ts';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

test('the labs of the package are found from wherever it runs', () => {
  expect(labIds()).toContain('hostpath-deployment');
});

test('labs are listed in order, also those that are broken', () => {
  expect(labIds(fixtures)).toEqual(['sound', 'three-errors']);
});

test('a folder without labs has none', () => {
  expect(labIds(`${fixtures}/labs`)).toEqual([]);
});

test('a lab is found by its id', () => {
  expect(findLab('sound', fixtures)?.id).toBe('sound');
  expect(findLab('sounds', fixtures)).toBeUndefined();
});

test('an id is not a path', () => {
  expect(findLab('../labs/sound', fixtures)).toBeUndefined();
});

test('an unknown id is answered with the one that was probably meant', () => {
  const unknown = (id: string, suggestion?: string) =>
    expect(() => getLab(id, fixtures)).toThrow(
      expect.objectContaining({
        code: 'unknown-lab',
        exitCode: 2,
        facts: suggestion === undefined ? {lab: id} : {lab: id, suggestion},
      }),
    );
  unknown('sonud', 'sound');
  unknown('tree-errors', 'three-errors');
  unknown('statefulset');
});

test('a broken lab is broken, not unknown', () => {
  expect(() => getLab('three-errors', fixtures)).toThrow(expect.objectContaining({code: 'broken-lab'}));
});

test('a lab is loaded from any folder, its manifests from another if need be', () => {
  expect(Object.keys(loadLabFrom(`${fixtures}/labs/sound/`).manifests)).toEqual(['pod.yaml']);
  expect(() => loadLabFrom(`${fixtures}/labs/sound`, `${fixtures}/nowhere`)).toThrow(
    expect.objectContaining({code: 'broken-lab'}),
  );
});
