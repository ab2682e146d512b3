import type {Check} from '../check.ts';
import {ok, warn} from '../finding.ts';
import {everyLab} from '../place.ts';

/** In milliseconds. Countdowns and outages are told to the second; the server's own date says no more than that. */
const tolerated = 10_000;

/** Do the clocks of this machine and of the cluster agree? A virtual machine's stays behind when its host has slept. */
export const clock: Check = facts => {
  const {cluster} = facts;
  const ahead = cluster && 'server' in cluster ? cluster.server?.ahead : undefined;
  if (ahead === undefined) return [];
  if (Math.abs(ahead) <= tolerated) return [ok('clock', 'clock-agrees', {})];
  return [warn('clock', 'clock-differs', {seconds: Math.round(ahead / 1000)}, {labs: everyLab(facts)})];
};
