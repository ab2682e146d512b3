import {posix} from 'node:path';
import type {Writable} from 'node:stream';
import type {LookAnswer, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {belowNodeRoot} from '../../kube/node-directory.ts';
import type {SandboxClient} from '../../sandbox/life/client.ts';

/** The sandbox's nodes: always ours, so that they may be stopped, started and entered. */
export function sandboxNodes(sandbox: SandboxClient, stdout: Writable): NodeOperations {
  const list = async (signal: AbortSignal) => (await sandbox.report(signal)).machines;
  const check = async (node: string, signal: AbortSignal) => {
    const known = (await list(signal)).map(({name}) => name);
    if (!known.includes(node)) throw new ExpectedError('node-unknown', {node, known});
  };
  return {
    list,
    async stop(node, signal) {
      await check(node, signal);
      await sandbox.stopMachine(node, signal);
    },
    async start(node, signal) {
      await check(node, signal);
      await sandbox.startMachine(node, signal);
    },
    async exec(node, command, {capture}, signal) {
      await check(node, signal);
      const {exitCode, output} = await sandbox.execute(node, command, signal);
      if (!capture) stdout.write(output);
      return {exitCode, output: capture ? output : ''};
    },
    async removeDirectory(node, path, _namespace, signal) {
      await sandbox.execute(node, ['rm', '-rf', '--', belowNodeRoot(path)], signal);
    },
  };
}

/** Lists a directory on a node. No such directory is an answer; a node that is switched off cannot be asked. */
export async function listFiles(
  sandbox: SandboxClient,
  node: string,
  path: string,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const command = ['ls', '-1A', '--', posix.normalize(path)];
  const {exitCode, output} = await sandbox.execute(node, command, signal);
  return {object: node, node, ok: exitCode === 0, text: output};
}
