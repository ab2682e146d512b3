import {expect, test} from 'vitest';
import {labRegistry} from './open.ts';

test('an object gets what the API sets', () => {
  const {registry} = labRegistry();
  const created = registry.create('configmaps', {metadata: {name: 'a', namespace: 'lab'}, data: {x: '1'}});
  expect(created).toMatchObject({apiVersion: 'v1', kind: 'ConfigMap', data: {x: '1'}});
  expect(registry.get('configmaps', 'lab', 'a')).toBe(created);
});
