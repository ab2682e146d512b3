import type {LookAnswer, LookRequest, NodeInfo, Probes} from '../engine/ports.ts';
import type {KubeClient} from './client.ts';
import {execInPod} from './exec.ts';
import {lookAtPort} from './local.ts';
import {readLog} from './log.ts';
import {lookAtNode} from './look-at-node.ts';
import type {Environment} from './program.ts';

/** Lists a directory on a node: each provider reaches its nodes in its own way. */
export type ListFiles = (
  place: Extract<LookRequest, {type: 'files'}>,
  signal: AbortSignal,
) => Promise<LookAnswer>;

export interface ProbesOptions {
  client: KubeClient;
  kubeconfig: string;
  env: Environment;
  listFiles: ListFiles;
  /** The cluster's machines, as far as its provider can tell. */
  machines: (signal: AbortSignal) => Promise<NodeInfo[]>;
}

export const kubeProbes = ({client, kubeconfig, env, listFiles, machines}: ProbesOptions): Probes => ({
  look(request: LookRequest, signal) {
    if (request.type === 'exec') return execInPod({...request, kubeconfig, env}, signal);
    if (request.type === 'log') return readLog(client, request, signal);
    if (request.type === 'local') return lookAtPort(request.port, signal);
    if (request.type === 'node') return lookAtNode({client, machines, node: request.node}, signal);
    return listFiles(request, signal);
  },
});
