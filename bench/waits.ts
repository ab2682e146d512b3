import type {Lab} from '../src/lab/lab.ts';
import type {JsonLine} from '../src/ui/json.ts';

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
    if ((milestone?.expect || milestone?.holds) && seconds > 0) waits += seconds;
    since = Math.max(since, Date.parse(line.seenAt));
  }
  return waits;
}

/** How long a run brought images to the nodes before it began, in seconds: once for a cluster, and no part of a lab. */
export function imagesIn(lines: readonly JsonLine[]): number {
  const notes = lines.filter(line => line.type === 'note' && line.note.code === 'images-loading');
  const [first, last] = [notes.at(0), notes.at(-1)];
  return first && last ? (Date.parse(last.at) - Date.parse(first.at)) / 1000 : 0;
}
