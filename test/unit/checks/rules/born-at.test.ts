import {expect, test} from 'vitest';
import {atStepStart, bornAt, type RuleContext} from '../../../../src/checks/rules/rule.ts';
import {World} from '../../../../src/world/world.ts';
import {deployment, namespace} from '../../../helpers/objects.ts';

const watch = {kind: 'deployments.apps', namespace} as const;
/** Made at a time of the cluster's clock, and first seen after 60 seconds: as the watch began, or later. */
function born(creationTimestamp: string, seen: 'found' | 'live') {
  const object = deployment('db', 1, {metadata: {creationTimestamp}});
  const world = new World([watch]);
  world.apply({type: 'listed', watch, objects: seen === 'found' ? [object] : [], at: 60_000});
  world.apply({type: 'put', watch, object, at: 60_000});
  return bornAt(object, {world, namespace, remembered: {}});
}

test('what was there when the watch began says itself when it was made, to the second', () => {
  expect(born('1970-01-01T00:00:05Z', 'found')).toBe(5000);
  expect(born('1970-01-01T00:01:00Z', 'found')).toBe(60_000);
});
test('what comes while it is watched is made then', () => {
  expect(born('1970-01-01T00:00:05Z', 'live')).toBe(60_000);
});
test('where the cluster’s clock is ahead nothing is known: it counts as old', () => {
  expect(born('1970-01-01T01:00:00Z', 'found')).toBe(0);
});

test('what it was when the step began: of what is older and was found later, its first sight', () => {
  const old = deployment('db', 1, {metadata: {creationTimestamp: '1970-01-01T00:00:05Z'}});
  const world = new World([watch]);
  world.apply({type: 'listed', watch, objects: [old], at: 60_000});
  world.apply({type: 'put', watch, object: deployment('db', 3), at: 70_000});
  const at = (since: number) => {
    const context = {
      scene: {world, namespace, remembered: {}},
      since: since * 1000,
    } as unknown as RuleContext;
    return (atStepStart(world.track('uid-db'), context)?.spec as {replicas: number} | undefined)?.replicas;
  };
  // At 5.4 it may have been made before or after; it counts as what ended the step before.
  expect([at(2), at(5.4), at(10), at(65), at(80)]).toEqual([undefined, 1, 1, 1, 3]);
});
