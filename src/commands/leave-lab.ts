import type {Journal} from '../engine/journal.ts';
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
 * to say. Where nobody can be asked they stay as they are, and it is said what puts them back.
 * @param done the lab is through
 * @throws ExpectedError `reset-incomplete`
 */
export async function leaveNodes(session: Session, journal: Journal, done: boolean): Promise<void> {
  const {app, lab} = session;
  const restoring = restoringNodes(session);
  const {steps} = await planOf(restoring);
  if (steps.length === 0) return;
  const {learner} = app.view;
  if (!learner) return void app.view.report({type: 'nodes-left', lab, nodes: nodesOf(steps)});
  learner.close();
  app.view.report({type: 'restore-plan', lab, because: 'left', steps});
  if (await app.view.confirm({code: 'put-back', when: done ? 'done' : 'quit'}))
    await putBack(restoring, journal, 'nodes');
}

/** What the journals know is said without asking the cluster: there may be no time left. */
export function sayNodesLeft({app, lab, cluster, place}: Session): void {
  const {standing} = knownOf(app, lab.id, cluster, place.identity);
  const nodes = nodesOf(standing.filter(change => change.lab === lab.id));
  if (nodes.length > 0) app.view.report({type: 'nodes-left', lab, nodes});
}

const nodesOf = (of: readonly object[]): string[] => [
  ...new Set(of.flatMap(one => ('node' in one ? String(one.node) : []))),
];
