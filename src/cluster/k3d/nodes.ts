import {posix} from 'node:path';
import type {LookAnswer, NodeInfo, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {lookLimit} from '../../kube/look-limit.ts';
import {belowRoot, nodeRoot, sharedMount} from '../../kube/node-directory.ts';
import {mustRun, ProgramFailed, runProgram} from '../../kube/program.ts';
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
      const mode = capture ? [] : terminal ? ['-it'] : ['-i'];
      const options = {env: programs.env, signal, terminal: !capture};
      const {exitCode, output} = await runProgram('docker', ['exec', ...mode, node, ...command], options);
      return {exitCode, output};
    },
    async removeDirectory(node, path, _namespace, signal) {
      await mustRun('docker', ['exec', node, 'rm', '-rf', '--', belowRoot(path, [nodeRoot, sharedMount])], {
        env: programs.env,
        signal,
      });
    },
  };
}

/** Lists a directory on a node. No such directory is an answer; a node that does not run cannot be asked. */
export async function listFiles(
  {tryDocker}: Programs,
  node: string,
  path: string,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const args = ['exec', node, 'ls', '-1A', '--', posix.normalize(path)];
  const ended = await tryDocker(args, {signal, timeout: lookLimit});
  if (/^Error response from daemon/m.test(ended.stderr)) throw new ProgramFailed('docker', args, ended);
  return {object: node, node, ok: ended.exitCode === 0, text: ended.output};
}
