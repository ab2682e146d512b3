import type {Lab} from '../src/lab/lab.ts';
import type {JsonLine} from '../src/ui/json.ts';

/** A wait that is shorter is no wait: a learner does not notice it. Seconds. */
const noticed = 5;

/**
 * How long a run waited for the cluster, in seconds: the time that each milestone took of which the lab says how long
 * it usually takes, or must last, from when all before it was so.
 */
export function waitsIn({steps}: Pick<Lab, 'steps'>, lines: readonly JsonLine[]): number {
  let since = 0;
  let waits = 0;
  for (const line of lines) {
    if (line.type === 'step') since = Date.parse(line.at);
    if (line.type !== 'milestone') continue;
    const step = steps.find(({id}) => id === line.step);
    const milestone = step?.milestones.find(({id}) => id === line.milestone);
    const seconds = (Date.parse(line.seenAt) - since) / 1000;
    if ((milestone?.expect || milestone?.holds) && seconds > noticed) waits += seconds;
    since = Math.max(since, Date.parse(line.seenAt));
  }
  return waits;
}
