import type {Cluster} from '../engine/ports.ts';
import {proveRestored, restorePlan, undo} from '../engine/restore.ts';
import type {Lab} from '../lab/lab.ts';
import type {Baseline} from '../world/baseline.ts';
import type {App} from './app.ts';

/**
 * Brings the cluster back to the lab's baseline, and proves it.
 * @throws ExpectedError `reset-incomplete`
 */
export async function restoreLab(
  {app, lab, cluster}: {app: App; lab: Lab; cluster: Cluster},
  baseline: Baseline,
): Promise<void> {
  const {signal} = app.outside;
  for (const step of await restorePlan(cluster, lab, baseline, signal))
    await app.view.task({code: 'restore', undo: step}, () => undo(cluster, lab, step, signal));
  await app.view.task({code: 'prove-restore'}, () => proveRestored(cluster, lab, baseline, signal));
}
