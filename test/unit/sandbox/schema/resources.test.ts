import {expect, test} from 'vitest';
import {aliases, resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {typeOfKind} from '../../../../src/sandbox/schema/types.ts';
import discovery from './discovery.answers.json' with {type: 'json'};

/** What a real cluster's discovery says. */
const real = new Map(
  discovery
    // autoscaling is there in two versions; v2 is preferred.
    .filter(({id, version}) => id !== 'horizontalpodautoscalers.autoscaling' || version === 'v2')
    .map(resource => [resource.id, resource]),
);
const readOnly = ['limitranges', 'replicationcontrollers'];

test.each([...resourceTypes.values()])('$id is told of as by a real cluster', type => {
  const {subresources, verbs, ...resource} = real.get(type.id) ?? expect.fail('no real cluster serves it');
  expect(type).toMatchObject(resource);
  if (readOnly.includes(type.id)) return expect(type.verbs).toEqual(['get', 'list', 'watch']);
  expect(type.verbs).toEqual(verbs);
  const {proxy: _, ...withoutProxy} = subresources as Record<string, unknown>;
  expect(type.subresources).toEqual(withoutProxy);
});

test('what would miss its behaviour is not served', () => {
  expect([...real.keys()].filter(id => !resourceTypes.has(id)).map(id => id.replace(/^\w+\.?/, ''))).toEqual(
    expect.arrayContaining(['apiextensions.k8s.io', 'admissionregistration.k8s.io']),
  );
});

test('the type of every kind is known', () => {
  expect([...resourceTypes.values()].filter(type => !typeOfKind(type))).toEqual([]);
});

test('an alias and what it stands for are both served', () => {
  for (const ids of aliases) for (const id of ids) expect(resourceTypes.has(id)).toBe(true);
});
