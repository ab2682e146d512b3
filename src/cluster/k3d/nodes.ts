import type {NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {execOnNode, removeDirectory} from '../docker/nodes.ts';
import {clusterFailed} from './create.ts';
import {findCluster} from './list.ts';
import type {Programs} from './programs.ts';

export interface NodesOptions {
  cluster: string;
  /** Only nodes of our own clusters are stopped, started and entered. */
  ours: boolean;
  /** Is the learner's stdin a terminal? docker must not be told so when it is not. */
  terminal: boolean;
}

/** A k3d node is a container of the same name. */
export function k3dNodes(programs: Programs, {cluster, ours, terminal}: NodesOptions): NodeOperations {
  const list = async (signal: AbortSignal): Promise<NodeInfo[]> => {
    const found = await findCluster(programs, cluster, signal);
    if (!found) throw new ExpectedError('cluster-missing', {cluster, provider: 'k3d'});
    return found.nodes;
  };
  const check = async (node: string, signal: AbortSignal) => {
    if (!ours) throw new ExpectedError('node-operations-off', {provider: 'k3d'});
    const known = (await list(signal)).map(({name}) => name);
    if (!known.includes(node)) throw new ExpectedError('node-unknown', {node, known});
  };
  const operate = async (doing: 'stop' | 'start', node: string, signal: AbortSignal) => {
    await check(node, signal);
    await programs.k3d(['node', doing, node], {signal}).catch(error => {
      throw clusterFailed(cluster, `${doing} node ${node}`, error);
    });
  };

  return {
    list,
    stop: (node, signal) => operate('stop', node, signal),
    start: (node, signal) => operate('start', node, signal),
    async exec(node, command, {capture}, signal) {
      await check(node, signal);
      return execOnNode(programs, node, command, {capture, terminal}, signal);
    },
    removeDirectory: (node, path, _namespace, signal) => removeDirectory(programs, node, path, signal),
  };
}
