import type {Outage} from '../lab/schema.ts';
import type {Millis} from '../world/object.ts';
import {satisfying} from './condition.ts';
import type {Scene} from './select.ts';
import {spansOf} from './spans.ts';

/**
 * The longest time between two moments in which none of the objects was as it is when it serves. A time that could not
 * be watched counts as the state before it.
 */
export function longestOutage({object, served}: Outage, scene: Scene, since: Millis, until: Millis): Millis {
  const isServed = (at: Millis) => satisfying(served, object, scene, at).length > 0;
  const spans = spansOf(scene.world, object.kind, since, isServed, {unbroken: false});
  let longest = 0;
  let unservedFrom = since;
  for (const {from, to} of [...spans, {from: until, to: until}]) {
    longest = Math.max(longest, Math.min(from, until) - unservedFrom);
    unservedFrom = to;
  }
  return longest;
}
