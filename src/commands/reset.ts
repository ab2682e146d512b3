import {progressOf} from '../engine/progress.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {App} from './app.ts';
import {fastForward} from './fast-forward.ts';
import {findCluster} from './find-cluster.ts';
import {restoreLab} from './restore.ts';
import {openSession} from './session.ts';

/**
 * Brings the cluster back to the lab's baseline, proves it, and forgets the progress; with `to`, does the steps before
 * that one again.
 * @throws ExpectedError `reset-incomplete`, `unknown-step`
 */
export async function resetLab(app: App, lab: Lab, to?: string): Promise<number> {
  if (to !== undefined && !lab.steps.some(({id}) => id === to))
    throw new ExpectedError(
      'unknown-step',
      {lab: lab.id, step: to, steps: lab.steps.map(({id}) => id)},
      {exitCode: exitCodes.usage},
    );
  if (!(await app.view.confirm({code: 'reset', namespace: namespaceOf(lab)}))) return exitCodes.notReached;
  const journal = app.journals.open(lab.id);
  try {
    const {baseline, place} = progressOf(lab, journal.entries);
    if (to !== undefined) {
      const session = await fastForward(await openSession(app, lab, {create: true}), journal, to);
      await session.close();
    } else if (baseline && place) {
      const cluster = await findCluster(app, {lab, create: false, last: place});
      try {
        await restoreLab({app, lab, cluster}, baseline);
      } finally {
        await cluster.close();
      }
      app.work.clear(lab.id);
      journal.append({type: 'reset', at: app.clock.now()});
    }
    app.view.report({type: 'reset-done'});
    return exitCodes.reached;
  } finally {
    journal.close();
  }
}
