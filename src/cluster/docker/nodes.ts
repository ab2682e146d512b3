import {posix} from 'node:path';
import type {LookAnswer} from '../../engine/ports.ts';
import {lookLimit} from '../../kube/look-limit.ts';
import {belowRoot, nodeRoot, sharedMount} from '../../kube/node-directory.ts';
import {mustRun, ProgramFailed, runProgram} from '../../kube/program.ts';
import type {Docker} from './programs.ts';

// Nodes that are containers of the same name.

/**
 * Runs a program on a node.
 * @param terminal is the learner's stdin a terminal? docker must not be told so when it is not
 */
export async function execOnNode(
  {env}: Docker,
  node: string,
  command: readonly string[],
  {capture, terminal}: {capture: boolean; terminal: boolean},
  signal: AbortSignal,
): Promise<{exitCode: number; output: string}> {
  const mode = capture ? [] : terminal ? ['-it'] : ['-i'];
  const options = {env, signal, terminal: !capture};
  const {exitCode, output} = await runProgram('docker', ['exec', ...mode, node, ...command], options);
  return {exitCode, output};
}

/** Deletes a directory of the labs' on a node. */
export async function removeDirectory(
  {env}: Docker,
  node: string,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const command = ['rm', '-rf', '--', belowRoot(path, [nodeRoot, sharedMount])];
  await mustRun('docker', ['exec', node, ...command], {env, signal});
}

/** Lists a directory on a node. No such directory is an answer; a node that does not run cannot be asked. */
export async function listFiles(
  {tryDocker}: Docker,
  node: string,
  path: string,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const args = ['exec', node, 'ls', '-1A', '--', posix.normalize(path)];
  const ended = await tryDocker(args, {signal, timeout: lookLimit});
  if (/^Error response from daemon/m.test(ended.stderr)) throw new ProgramFailed('docker', args, ended);
  return {object: node, node, ok: ended.exitCode === 0, text: ended.output};
}
