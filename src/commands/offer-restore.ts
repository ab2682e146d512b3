import type {Journal} from '../engine/journal.ts';
import type {Cluster} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import type {LabTraces} from '../engine/traces.ts';
import type {Lab} from '../lab/lab.ts';
import type {Undo} from '../world/baseline.ts';
import type {App} from './app.ts';
import {knownOf, tracesOn} from './known.ts';
import {noteBack, putBack, withJournalOf} from './put-back.ts';
import {planOf, type Restoring} from './restore-lab.ts';

/** A lab that is about to be begun, or gone on with, on a cluster. */
export interface Start {
  app: App;
  lab: Lab;
  journal: Journal;
  cluster: Cluster;
  identity: string;
}

/**
 * Says what of other labs would disturb this one, as they were ended in the middle or left, and offers to take it back.
 * What this lab left itself stays: the learner goes on with it.
 * @throws ExpectedError `reset-incomplete`, `needs-answer`
 */
export async function offerRestore(start: Start): Promise<void> {
  const {app, lab, identity} = start;
  const labs = tracesOn(app, identity).filter(traces => app.labs.ids().includes(traces.lab));
  for (const traces of labs) if (isUnfinished(traces)) await offerToFinish(start, traces);
  if (lab.needs.nodeChanges) for (const traces of labs) await offerToClear(start, traces);
  const hasBegun = labs.some(traces => traces.lab === lab.id);
  const told = new Set<string>();
  for (const traces of labs) if (traces.lab !== lab.id) await offerNodes(start, traces, hasBegun, told);
}

const isUnfinished = ({unfinished}: LabTraces) => unfinished === 'reset' || unfinished === 'all';

/** @param id of the lab that left what is to be taken back */
const restoringOf = (
  {app, cluster, identity}: Start,
  id: string,
  scope: Restoring['scope'] = 'lab',
): Restoring => ({
  app,
  cluster,
  lab: app.labs.get(id),
  scope,
  known: knownOf(app, id, cluster, identity),
});

/** A reset, or a restore, was ended in the middle. */
async function offerToFinish(start: Start, {lab: id, unfinished = 'all'}: LabTraces): Promise<void> {
  const {app} = start;
  const open = {lab: start.lab.id, journal: start.journal};
  await withJournalOf(app, id, open, async journal => {
    const restoring = restoringOf(start, id);
    const {steps} = await planOf(restoring);
    if (steps.length === 0) return noteBack(app, id, journal, unfinished);
    app.view.report({type: 'restore-plan', lab: restoring.lab, because: 'interrupted', steps});
    if (await app.view.confirm({code: 'finish-restore'})) await putBack(restoring, journal, unfinished);
  });
}

/**
 * What a lab left that is through, before one that drains nodes: a drain stops at Pods that nobody would make again, and
 * those of labs are such ones.
 */
async function offerToClear(start: Start, {lab: id}: LabTraces): Promise<void> {
  const {app} = start;
  const lab = app.labs.get(id);
  if (id === start.lab.id || progressOf(lab, app.journals.read(id)).current !== undefined) return;
  await withJournalOf(app, id, undefined, async journal => {
    const restoring = restoringOf(start, id);
    const {steps} = await planOf(restoring);
    if (!steps.some(hasPods)) return;
    app.view.report({type: 'restore-plan', lab, because: 'through', steps});
    if (await app.view.confirm({code: 'put-back', when: 'start'})) await putBack(restoring, journal, 'all');
  });
}

const hasPods = ({type}: Undo) => ['delete-namespace', 'clear-namespace', 'delete-object'].includes(type);

/**
 * Nodes that another lab left stopped, cordoned or tainted.
 * @param hasBegun this lab has changed nodes itself perhaps: only what was seen to be the other's is
 */
async function offerNodes(
  start: Start,
  {lab: id}: LabTraces,
  hasBegun: boolean,
  told: Set<string>,
): Promise<void> {
  const {app} = start;
  const restoring = {...restoringOf(start, id, 'nodes'), onlySeen: hasBegun};
  const {lab} = restoring;
  const steps = (await planOf(restoring)).steps.filter(step => !told.has(JSON.stringify(step)));
  if (!steps.some(isInTheWay)) return;
  for (const step of steps) told.add(JSON.stringify(step));
  const outcome = await withJournalOf(app, id, undefined, async journal => {
    app.view.report({type: 'restore-plan', lab, because: 'start', steps});
    if (await app.view.confirm({code: 'put-back', when: 'start'})) await putBack(restoring, journal, 'nodes');
  });
  if ('heldBy' in outcome) app.view.report({type: 'lab-busy', lab, pid: outcome.heldBy, steps});
}

/** Would Pods of another lab wait for it? */
const isInTheWay = ({type}: Undo) => ['start-node', 'register-node', 'uncordon', 'taints'].includes(type);
