import {ownsNodes} from '../engine/own-nodes.ts';
import type {Cluster} from '../engine/ports.ts';
import {nodesNow} from '../engine/restore.ts';
import {namesakesInDefault} from '../engine/strays.ts';
import type {Lab} from '../lab/lab.ts';
import type {Baseline, NodeBaseline} from '../world/baseline.ts';
import type {App} from './app.ts';
import {tracesOn} from './known.ts';

/** The nodes as they were when the lab began on this cluster; before that, as a lab that begins now takes them. */
export async function nodesAtFirst(
  app: App,
  lab: Pick<Lab, 'id'>,
  cluster: Cluster,
  identity: string,
): Promise<readonly NodeBaseline[]> {
  const traces = tracesOn(app, identity).find(one => one.lab === lab.id);
  return traces ? traces.baseline.nodes : nodesWithoutLabs(app, cluster, identity);
}

/** What a restore of a lab that begins now goes back to. */
export async function takeBaseline(
  app: App,
  lab: Lab,
  cluster: Cluster,
  identity: string,
): Promise<Baseline> {
  const {signal} = app.outside;
  const [nodes, namesakes] = await Promise.all([
    nodesWithoutLabs(app, cluster, identity),
    namesakesInDefault(cluster, lab, signal),
  ]);
  return {nodes, ...(ownsNodes(cluster) ? {inDefault: namesakes.map(({uid}) => uid)} : {})};
}

/**
 * The nodes as they would be if no lab had changed them: one that another lab has cordoned must not stay so for ever
 * because this lab found it like that. Where the nodes are our own, the baselines of the other labs tell; elsewhere
 * nothing but what was seen to change is ever taken back.
 */
async function nodesWithoutLabs(app: App, cluster: Cluster, identity: string): Promise<NodeBaseline[]> {
  const {nodes} = await nodesNow(cluster, app.outside.signal);
  if (!ownsNodes(cluster)) return nodes;
  const before = tracesOn(app, identity).flatMap(({baseline}) => baseline.nodes);
  const all = new Map([...nodes, ...before].map(node => [node.name, node]));
  return [...all.values()];
}
