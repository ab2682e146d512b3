import type {NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {execOnNode, removeDirectory} from '../docker/nodes.ts';
import {clusterFailed} from './create.ts';
import type {Programs} from './programs.ts';
import {profileStatus} from './status.ts';

export interface NodesOptions {
  cluster: string;
  /** Only nodes of our own clusters are stopped, started and entered. */
  ours: boolean;
  /** Is the learner's stdin a terminal? docker must not be told so when it is not. */
  terminal: boolean;
}

/** A node is a container of the same name. minikube starts it, since it puts back what a container forgets. */
export function minikubeNodes(programs: Programs, {cluster, ours, terminal}: NodesOptions): NodeOperations {
  const list = async (signal: AbortSignal): Promise<NodeInfo[]> => {
    const status = await profileStatus(programs, cluster, signal);
    if (!status) throw new ExpectedError('cluster-missing', {cluster, provider: 'minikube'});
    return status.nodes;
  };
  const check = async (node: string, signal: AbortSignal) => {
    if (!ours) throw new ExpectedError('node-operations-off', {provider: 'minikube'});
    const known = (await list(signal)).map(({name}) => name);
    if (!known.includes(node)) throw new ExpectedError('node-unknown', {node, known});
  };
  const operate = async (doing: 'stop' | 'start', node: string, signal: AbortSignal) => {
    await check(node, signal);
    await programs.minikube(['node', doing, node, '--profile', cluster], {signal}).catch(error => {
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
