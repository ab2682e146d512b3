import type {DatabaseId} from '../../lab/databases.ts';
import type {Check} from '../check.ts';
import {ok, stop, warn} from '../finding.ts';
import {everyLab, nodesEngine} from '../place.ts';

const MiB = 2 ** 20;

/** What a server with the control plane and two agents take, as measured, with room to breathe. */
const cluster = (1600 + 2 * 275) * MiB;
/** One that runs; labs run two of them at a time. */
const databases: Record<DatabaseId, number> = {mariadb: 120 * MiB, mysql: 540 * MiB};

/** Is there enough memory for a cluster and two databases? Of one that runs nobody has to ask. */
export const memory: Check = facts => {
  const engine = nodesEngine(facts);
  if (!engine) return [];
  const total = engine.memory;
  if (!facts.toStart) return [ok('memory', 'memory-enough', {total})];
  const wanted = cluster + 2 * databases[facts.database];
  const labs = everyLab(facts);
  if (total < wanted)
    return [(total < cluster / 2 ? stop : warn)('memory', 'memory-short', {total, wanted}, {labs})];
  const {memoryFree: free} = facts.machine;
  return free !== undefined && free < wanted
    ? [warn('memory', 'memory-taken', {free, wanted}, {labs})]
    : [ok('memory', 'memory-enough', {total})];
};
