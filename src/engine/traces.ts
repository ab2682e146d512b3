import type {Baseline} from '../world/baseline.ts';
import type {SeenChange} from '../world/node-change.ts';
import type {JournalEntry, Place, RestoreReason} from './journal.ts';

/** What a lab's journal knows of what the lab did to a cluster, since that was brought back last. */
export interface LabTraces {
  lab: string;
  place: Place;
  baseline: Baseline;
  changes: SeenChange[];
  /** UIDs of the PersistentVolumes that were seen to come into being. */
  volumes: string[];
  /** Bringing it back was begun, and not ended. */
  unfinished?: RestoreReason;
}

/**
 * Folds a journal, whatever has become of its lab.
 * @returns undefined when the lab left nothing, or was never begun
 */
export function labTraces(lab: string, entries: readonly JournalEntry[]): LabTraces | undefined {
  let traces: LabTraces | undefined;
  for (const entry of entries) {
    if (entry.type === 'reset' || (entry.type === 'restored' && entry.what === 'all')) traces = undefined;
    if (entry.type === 'opened') traces = reopened(traces, lab, entry);
    if (!traces) continue;
    if (entry.type === 'changed') {
      const {at, change, typed} = entry;
      traces.changes.push({...change, at, lab, typed});
    }
    if (entry.type === 'volume-seen') traces.volumes.push(entry.uid);
    if (entry.type === 'restoring') traces.unfinished = entry.what;
    if (entry.type === 'restored') {
      traces.changes = [];
      delete traces.unfinished;
    }
  }
  return traces;
}

/** On another cluster nothing of what was before counts. */
function reopened(
  before: LabTraces | undefined,
  lab: string,
  {place, baseline}: Extract<JournalEntry, {type: 'opened'}>,
): LabTraces {
  if (before?.place.identity === place.identity) return {...before, place};
  return {lab, place, baseline, changes: [], volumes: []};
}
