import {expect, test} from 'vitest';
import {asCoreV1, asEventsV1} from '../../../../src/sandbox/schema/event-versions.ts';
import {type GroupVersionKind, typeNamed, typeOfKind} from '../../../../src/sandbox/schema/types.ts';

const fieldsOf = (kind: GroupVersionKind) => typeNamed(typeOfKind(kind) ?? '')?.fields ?? {};
const core = fieldsOf({group: '', version: 'v1', kind: 'Event'});
const events = fieldsOf({group: 'events.k8s.io', version: 'v1', kind: 'Event'});

test('every field of one version has its place in the other, and comes back', () => {
  const stored = {...core, apiVersion: 'v1', kind: 'Event', metadata: {name: 'web.1'}};
  const shown = asEventsV1(stored);
  expect(Object.keys(shown).sort()).toEqual(Object.keys(events).sort());
  expect(shown).toMatchObject({
    apiVersion: 'events.k8s.io/v1',
    note: core.message,
    regarding: core.involvedObject,
  });
  expect(asCoreV1(shown)).toEqual(stored);
});
