import type {Cluster} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {currentLab} from './current-lab.ts';
import {findCluster} from './find-cluster.ts';

/** Lists the nodes of the cluster of the current lab. */
export const listNodes = (app: App): Promise<number> =>
  withCluster(app, async cluster => {
    for (const node of await cluster.nodes.list(app.outside.signal)) app.view.report({type: 'node', node});
    return exitCodes.reached;
  });

export const stopNode = (app: App, node: string): Promise<number> =>
  withCluster(app, async cluster => {
    await cluster.nodes.stop(node, app.outside.signal);
    return exitCodes.reached;
  });

export const startNode = (app: App, node: string): Promise<number> =>
  withCluster(app, async cluster => {
    await cluster.nodes.start(node, app.outside.signal);
    return exitCodes.reached;
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

async function withCluster(app: App, run: (cluster: Cluster) => Promise<number>): Promise<number> {
  const lab = app.journals.labs().length > 0 ? currentLab(app) : undefined;
  const last = lab && progressOf(lab, app.journals.read(lab.id)).place;
  const cluster = await findCluster(app, {lab: lab ?? {id: ''}, create: false, ...(last ? {last} : {})});
  try {
    return await run(cluster);
  } finally {
    await cluster.close();
  }
}
