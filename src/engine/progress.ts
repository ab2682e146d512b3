import type {Reached} from '../checks/judgement.ts';
import {neededBy} from '../checks/select.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {LabFile} from '../lab/schema.ts';
import type {Baseline} from '../world/baseline.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import type {JournalEntry, Place} from './journal.ts';

/** How far a learner is, as the journal tells it. */
export interface Progress {
  place?: Place;
  baseline?: Baseline;
  /** What the cluster could do when the lab was there last. */
  capabilities?: Capabilities;
  reached: string[];
  skipped: string[];
  /** The first step that is neither; undefined when the lab is through. */
  current?: string;
  /** When the current step began; undefined before anything was written down. */
  began?: Millis;
  /** What the milestones of reached steps and of the current one remembered. */
  remembered: Record<string, KubeObject>;
  /** The current step's milestones that were seen. */
  latched: Reached[];
  /** The newest answer to each step. */
  answers: Record<string, string>;
  /** How many hints were given, by step. */
  hints: Record<string, number>;
  /** Something of what was done was taken back since, to leave the cluster as it was before. */
  putBack?: boolean;
}

/** Folds a journal. Entries before the last reset count no more; steps that the lab does not have any more neither. */
export function progressOf(lab: Pick<LabFile, 'steps'>, entries: readonly JournalEntry[]): Progress {
  const progress: Progress = {reached: [], skipped: [], remembered: {}, latched: [], answers: {}, hints: {}};
  const latched = new Map<string, Reached[]>();
  for (const entry of entries.slice(entries.findLastIndex(({type}) => type === 'reset') + 1)) {
    if (entry.type === 'opened') {
      progress.place = entry.place;
      progress.baseline ??= entry.baseline;
      if (entry.capabilities) progress.capabilities = entry.capabilities;
    }
    if (entry.type === 'milestone') {
      const {milestone, at, remember} = entry;
      const others = (latched.get(entry.step) ?? []).filter(one => one.milestone !== milestone);
      latched.set(entry.step, [...others, {milestone, at, ...(remember ? {object: remember.object} : {})}]);
      if (remember) progress.remembered[remember.name] = remember.object;
    }
    if (entry.type === 'rewound') latched.delete(entry.step);
    if (beginsStep(entry, progress)) progress.began = entry.at;
    if (entry.type === 'answered') progress.answers[entry.step] = entry.answer;
    if (entry.type === 'hinted')
      progress.hints[entry.step] = Math.max(entry.hint, progress.hints[entry.step] ?? 0);
    if (entry.type === 'restored') {
      progress.putBack = true;
      if (entry.what === 'all') delete progress.baseline;
    }
    if (entry.type === 'step-reached' && !progress.reached.includes(entry.step))
      progress.reached.push(entry.step);
    if (entry.type === 'step-skipped' && !progress.skipped.includes(entry.step))
      progress.skipped.push(entry.step);
  }
  const open = lab.steps.find(({id}) => !progress.reached.includes(id) && !progress.skipped.includes(id));
  if (open) {
    progress.current = open.id;
    progress.latched = latched.get(open.id) ?? [];
  }
  return progress;
}

/** The lab is opened for the first time, a step is over, or starts over. */
const beginsStep = ({type}: JournalEntry, {began}: Progress) =>
  ['step-reached', 'step-skipped', 'rewound'].includes(type) || (type === 'opened' && began === undefined);

/** Names that the steps from one on still need to be the same objects. */
export function neededFrom(lab: Pick<LabFile, 'steps'>, step: string): string[] {
  const rest = lab.steps.slice(lab.steps.findIndex(({id}) => id === step));
  const made = new Set<string>();
  const needed = new Set<string>();
  for (const milestone of rest.flatMap(({milestones}) => milestones)) {
    const name = neededBy(milestone)?.slice(1);
    if (name && !made.has(name)) needed.add(name);
    if (milestone.remember) made.add(milestone.remember);
  }
  return [...needed];
}
