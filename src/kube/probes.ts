import type {LookAnswer, LookRequest, Probes} from '../engine/ports.ts';
import type {KubeClient} from './client.ts';
import {execInPod} from './exec.ts';
import {lookAtPort} from './local.ts';
import {readLog} from './log.ts';
import type {Environment} from './program.ts';

/** Lists a directory on a node: each provider reaches its nodes in its own way. */
export type ListFiles = (node: string, path: string, signal: AbortSignal) => Promise<LookAnswer>;

export interface ProbesOptions {
  client: KubeClient;
  kubeconfig: string;
  env: Environment;
  listFiles: ListFiles;
}

export const kubeProbes = ({client, kubeconfig, env, listFiles}: ProbesOptions): Probes => ({
  look(request: LookRequest, signal) {
    if (request.type === 'exec') return execInPod({...request, kubeconfig, env}, signal);
    if (request.type === 'log') return readLog(client, request, signal);
    if (request.type === 'local') return lookAtPort(request.port, signal);
    return listFiles(request.node, request.path, signal);
  },
});
