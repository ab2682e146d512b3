import {expect, test} from 'vitest';
import type {Change} from '../../../../src/sandbox/registry/registry.ts';
import {selectChange, selection} from '../../../../src/sandbox/registry/selectors.ts';
import {labRegistry} from './open.ts';

test('labels and fields are selected together, and nothing asked for selects all', () => {
  const {configMap} = labRegistry();
  const [one, other] = [configMap('a', {metadata: {labels: {app: 'db'}}}), configMap('b')];
  const both = selection('configmaps', {labelSelector: 'app=db', fieldSelector: 'metadata.name=a'});
  expect([both(one), both(other)]).toEqual([true, false]);
  expect(selection('configmaps', {labelSelector: 'app=db', fieldSelector: 'metadata.name=b'})(one)).toBe(
    false,
  );
  expect(selection('configmaps', {})(other)).toBe(true);
});

test('who watches a selection sees objects come into it and leave it', () => {
  const {registry, configMap} = labRegistry();
  const changes: Change[] = [];
  registry.subscribe('configmaps', change => changes.push(change));
  const label = (app: string) =>
    registry.change('configmaps', {namespace: 'lab', name: 'a'}, draft => {
      draft.metadata.labels = {app};
    });
  configMap('a');
  const selected = label('db');
  registry.change('configmaps', {namespace: 'lab', name: 'a'}, draft => {
    draft.data = {x: '1'};
  });
  const left = label('web');
  label('db');
  registry.delete('configmaps', 'lab', 'a');
  configMap('b');
  registry.delete('configmaps', 'lab', 'b');

  const seen = changes.map(change =>
    selectChange(change, selection('configmaps', {labelSelector: 'app=db'})),
  );
  expect(seen.map(change => change?.type)).toEqual([
    undefined,
    'ADDED',
    'MODIFIED',
    'DELETED',
    'ADDED',
    'DELETED',
    undefined,
    undefined,
  ]);
  expect(seen[1]).toEqual({
    type: 'ADDED',
    resource: 'configmaps',
    object: selected,
    version: changes[1]?.version,
  });
  // As it was when it was last seen, with the version of the change that took it away.
  expect(seen[3]?.object.metadata).toMatchObject({
    labels: {app: 'db'},
    resourceVersion: left?.metadata.resourceVersion,
  });
});
