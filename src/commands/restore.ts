import type {Cluster} from '../engine/ports.ts';
import {proveRestored, type RestorePlan, restorePlan, undo} from '../engine/restore.ts';
import {isExpected} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {Baseline, Undo} from '../world/baseline.ts';
import type {App} from './app.ts';

export interface Restoring {
  app: App;
  lab: Lab;
  cluster: Cluster;
}

/** What a lab left on a node that was away shows when the node is back; after that nothing new can show. */
const rounds = 3;

/**
 * Brings the cluster back to the lab's baseline, and proves it. What a foreign cluster refuses is told, and the rest is
 * done.
 * @throws ExpectedError `reset-incomplete`
 */
export async function restoreLab(restoring: Restoring, baseline: Baseline): Promise<void> {
  const {app, lab, cluster} = restoring;
  const planNow = () => restorePlan(cluster, lab, baseline, app.outside.signal);
  const refused = new Set<string>();
  let plan = await planNow();
  for (const what of plan.unseen) app.view.report({type: 'restore-unseen', what});
  for (let round = 0; round < rounds && isLeft(plan, refused); round++) {
    for (const step of plan.steps) await tryUndo(restoring, step, refused);
    plan = await app.view.task({code: 'prove-restore'}, planNow);
  }
  proveRestored(plan);
}

const isLeft = ({steps}: RestorePlan, refused: ReadonlySet<string>) =>
  steps.some(step => !refused.has(JSON.stringify(step)));

async function tryUndo({app, lab, cluster}: Restoring, step: Undo, refused: Set<string>): Promise<void> {
  if (refused.has(JSON.stringify(step))) return;
  try {
    await app.view.task({code: 'restore', undo: step}, () => undo(cluster, lab, step, app.outside.signal));
  } catch (error) {
    if (!isExpected(error) || !refusals.includes(error.code)) throw error;
    refused.add(JSON.stringify(step));
    app.view.report({type: 'restore-refused', undo: step, error});
  }
}

const refusals: string[] = ['forbidden', 'node-operations-off'];
