import type {Cluster} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {labTraces} from '../engine/traces.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {currentLab} from './current-lab.ts';
import {findCluster} from './find-cluster.ts';
import {withJournalIfFree} from './journal-if-free.ts';

/** Lists the nodes of the cluster of the current lab. */
export const listNodes = (app: App): Promise<number> =>
  withCluster(app, async cluster => {
    for (const node of await cluster.nodes.list(app.outside.signal)) app.view.report({type: 'node', node});
    return exitCodes.reached;
  });

export const stopNode = (app: App, node: string): Promise<number> => operate(app, node, 'stop');
export const startNode = (app: App, node: string): Promise<number> => operate(app, node, 'start');

const operate = (app: App, node: string, doing: 'stop' | 'start'): Promise<number> =>
  withCluster(app, async (cluster, lab) => {
    await cluster.nodes[doing](node, app.outside.signal);
    if (lab) await noteForLab(app, lab, cluster, node, doing === 'start');
    return exitCodes.reached;
  });

/** What is done while no run looks on is written down for the lab that is worked on; a run sees it itself. */
const noteForLab = (app: App, lab: Lab, cluster: Cluster, node: string, running: boolean): Promise<void> =>
  withJournalIfFree(app, lab, async journal => {
    if (!journal) return;
    const traces = labTraces(lab.id, journal.entries);
    // Not by its identity: when it is the server that was stopped there is nobody to ask.
    if (traces?.place.cluster !== cluster.name || traces.place.provider !== cluster.provider) return;
    const change = {node, field: 'running', before: !running, after: running} as const;
    journal.append({type: 'changed', at: app.clock.now(), change, typed: true});
  });

/** Runs a program on a node, with the learner's terminal where there is one. @returns the program's exit code */
export const execOnNode = (app: App, node: string, command: readonly string[]): Promise<number> =>
  withCluster(app, async cluster => {
    const {outside, options, view} = app;
    const capture = options.json || !outside.stdout.isTTY;
    const run = () => cluster.nodes.exec(node, command, {capture}, outside.signal);
    const {exitCode, output} = await (capture ? run() : outside.whileAnother(run));
    if (capture && output !== '') view.report({type: 'output', text: output});
    return exitCode;
  });

async function withCluster(
  app: App,
  run: (cluster: Cluster, lab: Lab | undefined) => Promise<number>,
): Promise<number> {
  const lab = app.journals.labs().length > 0 ? currentLab(app) : undefined;
  const last = lab && progressOf(lab, app.journals.read(lab.id)).place;
  const cluster = await findCluster(app, {lab: lab ?? {id: ''}, create: false, ...(last ? {last} : {})});
  try {
    return await run(cluster, lab);
  } finally {
    await cluster.close();
  }
}
