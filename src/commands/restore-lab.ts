import {mendingCommands, nameOfLeft} from '../engine/mend.ts';
import type {Cluster} from '../engine/ports.ts';
import {type PlanWish, type RestorePlan, restorePlan} from '../engine/restore.ts';
import {undo} from '../engine/undo.ts';
import {ExpectedError, isExpected} from '../errors.ts';
import type {Undo} from '../world/baseline.ts';
import type {App} from './app.ts';

export interface Restoring extends PlanWish {
  app: App;
  cluster: Cluster;
}

/** What a lab left on a node that was away shows when the node is back; after that nothing new can show. */
const rounds = 3;

/** What there is to undo, and what of it nobody may look at. */
export const planOf = ({app, cluster, ...wish}: Restoring): Promise<RestorePlan> =>
  restorePlan(cluster, wish, app.outside.signal);

/**
 * Takes back what a lab left, and has a fresh look at the cluster to prove it. What a foreign cluster refuses, or what
 * goes wrong, is told, and the rest is done.
 * @throws ExpectedError `reset-incomplete`; what is a bug of ours, when the rest is done
 */
export async function restoreLab(restoring: Restoring): Promise<void> {
  const {app, cluster, lab, scope} = restoring;
  const refused = new Map<string, unknown>();
  let plan = await planOf(restoring);
  for (const what of plan.unseen) app.view.report({type: 'restore-unseen', what});
  for (let round = 0; round < rounds && isLeft(plan, refused); round++) {
    for (const step of plan.steps) await tryUndo(restoring, step, refused);
    plan = await app.view.task({code: 'prove-restore'}, () => planOf(restoring));
  }
  const {steps, looked, unseen, unclaimed, now} = plan;
  app.view.report({type: 'audit', lab, scope, looked, unseen, left: steps});
  if (unclaimed.length > 0) {
    const mend = unclaimed.flatMap(step => mendingCommands(step, now.nodes, cluster));
    app.view.report({type: 'left-alone', lab, steps: unclaimed, mend});
  }
  const errors = [...refused.values()];
  const bug = errors.find(error => !isExpected(error));
  if (bug) throw bug;
  if (steps.length === 0) return;
  throw new ExpectedError(
    'reset-incomplete',
    {
      left: steps.map(nameOfLeft),
      mend: steps.flatMap(step => mendingCommands(step, now.nodes, cluster)),
    },
    {cause: errors[0]},
  );
}

const isLeft = ({steps}: RestorePlan, refused: ReadonlyMap<string, unknown>) =>
  steps.some(step => !refused.has(JSON.stringify(step)));

/** @param refused what went wrong before, which is not tried again */
async function tryUndo(
  {app, lab, cluster}: Restoring,
  step: Undo,
  refused: Map<string, unknown>,
): Promise<void> {
  if (refused.has(JSON.stringify(step))) return;
  try {
    await app.view.task({code: 'restore', undo: step}, () => undo(cluster, lab, step, app.outside.signal));
  } catch (error) {
    app.outside.signal.throwIfAborted();
    refused.set(JSON.stringify(step), error);
    if (isExpected(error)) app.view.report({type: 'restore-refused', undo: step, error});
  }
}
