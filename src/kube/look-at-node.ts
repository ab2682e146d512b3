import type {LookAnswer, NodeInfo} from '../engine/ports.ts';
import {isReady} from '../world/node.ts';
import type {KubeClient} from './client.ts';
import {list} from './list.ts';

export interface NodeLook {
  client: KubeClient;
  machines: (signal: AbortSignal) => Promise<NodeInfo[]>;
  node: string;
}

/**
 * Does a node run? The API notices only after most of a minute that one has stopped; whoever runs the machines knows
 * at once. Where they do not know (its kubelet was stopped, its network is cut), the API's word counts.
 */
export async function lookAtNode(
  {client, machines, node}: NodeLook,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const [infos, {objects}] = await Promise.all([
    machines(signal),
    list(client, {resource: 'nodes', fields: `metadata.name=${node}`}, signal),
  ]);
  const runs = infos.some(({name, running}) => name === node && running) && objects.every(isReady);
  return {object: node, node, ok: runs, text: runs ? 'running' : 'silent'};
}
