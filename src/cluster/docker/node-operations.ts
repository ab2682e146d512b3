import type {NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {clusterFailed} from './failed.ts';
import type {Maker} from './maker.ts';
import {execOnNode, removeDirectory} from './nodes.ts';

export interface NodesOptions {
  cluster: string;
  /** Only nodes of our own clusters are stopped, started and entered. */
  ours: boolean;
  /** Is the learner's stdin a terminal? docker must not be told so when it is not. */
  terminal: boolean;
}

/** What can be done with nodes that are containers; the program that made them knows what one has to get back at its start. */
export function nodeOperations(maker: Maker, {cluster, ours, terminal}: NodesOptions): NodeOperations {
  const list = async (signal: AbortSignal): Promise<NodeInfo[]> => {
    const nodes = await maker.nodes(cluster, signal);
    if (!nodes) throw new ExpectedError('cluster-missing', {cluster, provider: maker.id});
    return nodes;
  };
  const check = async (node: string, signal: AbortSignal) => {
    if (!ours) throw new ExpectedError('node-operations-off', {provider: maker.id});
    const known = (await list(signal)).map(({name}) => name);
    if (!known.includes(node)) throw new ExpectedError('node-unknown', {node, known});
  };
  const operate = async (doing: 'stop' | 'start', node: string, signal: AbortSignal) => {
    await check(node, signal);
    await maker.switchNode(doing, node, cluster, signal).catch(error => {
      throw clusterFailed(maker.reasonOf, cluster, `${doing} node ${node}`, error);
    });
  };

  return {
    list,
    stop: (node, signal) => operate('stop', node, signal),
    start: (node, signal) => operate('start', node, signal),
    async exec(node, command, {capture}, signal) {
      await check(node, signal);
      return execOnNode(maker.docker, node, command, {capture, terminal}, signal);
    },
    removeDirectory: (node, path, _namespace, signal) =>
      removeDirectory(maker.docker, node, path, signal).catch(error => {
        throw clusterFailed(maker.reasonOf, cluster, `remove ${path} on ${node}`, error);
      }),
  };
}
