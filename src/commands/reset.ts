import type {Journal} from '../engine/journal.ts';
import type {Cluster} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {type LabTraces, labTraces} from '../engine/traces.ts';
import {ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {App} from './app.ts';
import {fastForward} from './fast-forward.ts';
import {findCluster} from './find-cluster.ts';
import {knownOf} from './known.ts';
import {noteBack, putBack} from './put-back.ts';
import {planOf, type Restoring} from './restore-lab.ts';
import {openSession} from './session.ts';

/**
 * Brings the cluster back to the lab's baseline, proves it, and forgets the progress; with `to`, does the steps before
 * that one again. What there is to undo is shown before.
 * @throws ExpectedError `reset-incomplete`, `unknown-step`, `needs-answer`
 */
export async function resetLab(app: App, lab: Lab, to?: string): Promise<number> {
  if (to !== undefined && !lab.steps.some(({id}) => id === to))
    throw new ExpectedError(
      'unknown-step',
      {lab: lab.id, step: to, steps: lab.steps.map(({id}) => id)},
      {exitCode: exitCodes.usage},
    );
  const journal = app.journals.open(lab.id);
  try {
    const agreed = to === undefined ? await setBack(app, lab, journal) : await bringTo(app, lab, journal, to);
    if (!agreed) return exitCodes.notReached;
    app.view.report({type: 'reset-done'});
    return exitCodes.reached;
  } finally {
    journal.close();
  }
}

/** @returns whether the learner agreed */
async function setBack(app: App, lab: Lab, journal: Journal): Promise<boolean> {
  const traces = labTraces(lab.id, journal.entries);
  if (!traces) {
    // In the cluster nothing is left, but what was reached is forgotten, and the learner's files go.
    const begun = progressOf(lab, journal.entries).place !== undefined;
    if (begun) app.view.report({type: 'restore-plan', lab, because: 'reset', steps: []});
    if (begun && !(await app.view.confirm({code: 'reset', namespace: namespaceOf(lab)}))) return false;
    noteBack(app, lab.id, journal, 'reset');
    return true;
  }
  const cluster = await clusterOf(app, lab, traces);
  if (!cluster) {
    if (!(await app.view.confirm({code: 'reset', namespace: namespaceOf(lab)}))) return false;
    noteBack(app, lab.id, journal, 'reset');
    return true;
  }
  try {
    const restoring = await restoringOf(app, lab, cluster);
    if (!(await isAgreed(restoring))) return false;
    await putBack(restoring, journal, 'reset');
    return true;
  } finally {
    await cluster.close();
  }
}

/** @returns undefined when it is no longer there, and all that the lab left with it */
async function clusterOf(app: App, lab: Lab, {place}: LabTraces): Promise<Cluster | undefined> {
  try {
    return await findCluster(app, {lab, create: false, last: place});
  } catch (error) {
    if (!isExpected(error) || error.code !== 'cluster-missing') throw error;
    app.view.report({type: 'cluster-gone', cluster: place.cluster});
    return undefined;
  }
}

async function bringTo(app: App, lab: Lab, journal: Journal, to: string): Promise<boolean> {
  const session = await openSession(app, lab, {create: true});
  try {
    if (!(await isAgreed(await restoringOf(app, lab, session.cluster)))) return false;
    await (await fastForward(session, journal, to)).close();
    return true;
  } finally {
    await session.close();
  }
}

async function restoringOf(app: App, lab: Lab, cluster: Cluster): Promise<Restoring> {
  const identity = await cluster.api.identity(app.outside.signal);
  return {app, lab, cluster, scope: 'lab', known: knownOf(app, lab.id, cluster, identity)};
}

async function isAgreed(restoring: Restoring): Promise<boolean> {
  const {app, lab} = restoring;
  const {steps} = await planOf(restoring);
  app.view.report({type: 'restore-plan', lab, because: 'reset', steps});
  return app.view.confirm({code: 'reset', namespace: namespaceOf(lab)});
}
