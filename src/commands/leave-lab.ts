import type {Journal} from '../engine/journal.ts';
import {isExpected} from '../errors.ts';
import type {Undo} from '../world/baseline.ts';
import {knownOf} from './known.ts';
import {putBack} from './put-back.ts';
import {planOf, type Restoring} from './restore-lab.ts';
import type {Session} from './session.ts';

const restoringNodes = ({app, lab, cluster, place}: Session): Restoring => ({
  app,
  cluster,
  lab: app.labs.get(lab.id),
  scope: 'nodes',
  known: knownOf(app, lab.id, cluster, place.identity),
});

/** Says what the lab left of the nodes when it is gone on with: the learner goes on with it. */
export async function sayHowNodesAre(session: Session): Promise<void> {
  const {app, lab} = session;
  const {steps} = await planOf(restoringNodes(session));
  if (steps.length > 0) app.view.report({type: 'restore-plan', lab, because: 'resumed', steps});
}

/**
 * The learner leaves: whether nodes that the lab left changed are put back now, or are needed when they go on, is theirs
 * to say.
 * @param done the lab is through
 * @throws ExpectedError `reset-incomplete`
 */
export async function offerToPutBack(session: Session, journal: Journal, done: boolean): Promise<void> {
  const {app, lab} = session;
  const restoring = restoringNodes(session);
  const steps = await stepsLeft(restoring);
  if (!steps) return sayNodesLeft(session);
  if (steps.length === 0) return;
  app.view.learner?.close();
  app.view.report({type: 'restore-plan', lab, because: 'left', steps});
  if (await app.view.confirm({code: 'put-back', when: done ? 'done' : 'quit'}))
    await putBack(restoring, journal, 'nodes');
}

/** Nobody is there to be asked: nodes that are changed stay so, and it is said what puts them back. */
export async function sayWhatIsLeft(session: Session): Promise<void> {
  const steps = await stepsLeft(restoringNodes(session));
  if (!steps) return sayNodesLeft(session);
  sayNodes(session, nodesOf(steps));
}

/** @returns undefined when the cluster cannot be asked: that is no reason not to leave it */
async function stepsLeft(restoring: Restoring): Promise<Undo[] | undefined> {
  try {
    return (await planOf(restoring)).steps;
  } catch (error) {
    restoring.app.outside.signal.throwIfAborted();
    if (isExpected(error) && error.code === 'interrupted') throw error;
    return undefined;
  }
}

/** What the journals know is said without asking the cluster: there may be no time left. */
export function sayNodesLeft(session: Session): void {
  const {app, lab, cluster, place} = session;
  const {standing} = knownOf(app, lab.id, cluster, place.identity);
  sayNodes(session, nodesOf(standing.filter(change => change.lab === lab.id)));
}

function sayNodes({app, lab}: Session, nodes: string[]): void {
  if (nodes.length > 0) app.view.report({type: 'nodes-left', lab, nodes});
}

const nodesOf = (of: readonly object[]): string[] => [
  ...new Set(of.flatMap(one => ('node' in one ? String(one.node) : []))),
];
