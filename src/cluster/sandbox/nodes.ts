import {posix} from 'node:path';
import {Writable} from 'node:stream';
import type {LookAnswer, NodeOperations} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {belowRoot, nodeRoot, sharedMount} from '../../kube/node-directory.ts';
import type {SandboxClient} from '../../sandbox/life/client.ts';
import {inRawMode, type TerminalStreams, terminalOf} from './terminal.ts';

/** The sandbox's nodes: always ours, so that they may be stopped, started and entered. */
export function sandboxNodes(sandbox: SandboxClient, streams: TerminalStreams): NodeOperations {
  const list = async (signal: AbortSignal) => (await sandbox.report(signal)).machines;
  const get = async (node: string, signal: AbortSignal) => {
    const machines = await list(signal);
    const found = machines.find(({name}) => name === node);
    if (!found) throw new ExpectedError('node-unknown', {node, known: machines.map(({name}) => name)});
    return found;
  };
  return {
    list,
    async stop(node, signal) {
      await get(node, signal);
      await sandbox.stopMachine(node, signal);
    },
    async start(node, signal) {
      await get(node, signal);
      await sandbox.startMachine(node, signal);
    },
    async exec(node, command, {capture}, signal) {
      const {running} = await get(node, signal);
      if (!running) throw new ExpectedError('node-stopped', {node});
      return capture
        ? capturedOnNode(sandbox, node, command, signal)
        : {exitCode: await withStreams(sandbox, node, command, streams, signal), output: ''};
    },
    async removeDirectory(node, path, _namespace, signal) {
      await capturedOnNode(
        sandbox,
        node,
        ['rm', '-rf', '--', belowRoot(path, [nodeRoot, sharedMount])],
        signal,
      );
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
  const {exitCode, output} = await capturedOnNode(sandbox, node, command, signal);
  return {object: node, node, ok: exitCode === 0, text: output};
}

/** Runs a program without input; what it says comes back, both streams in the order in which they came. */
async function capturedOnNode(
  sandbox: SandboxClient,
  node: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<{exitCode: number; output: string}> {
  const chunks: Buffer[] = [];
  const collected = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  const exitCode = await sandbox.execute(node, command, {stdout: collected, stderr: collected}, signal);
  return {exitCode, output: Buffer.concat(chunks).toString('utf8')};
}

/** Runs a program with the learner's own input and output; at a terminal it has the terminal to itself. */
function withStreams(
  sandbox: SandboxClient,
  node: string,
  command: readonly string[],
  streams: TerminalStreams,
  signal: AbortSignal,
): Promise<number> {
  const terminal = terminalOf(streams);
  const {stdin, stdout, stderr} = streams;
  const run = () =>
    sandbox.execute(node, command, {stdin, stdout, stderr, ...(terminal && {terminal})}, signal);
  return terminal ? inRawMode(streams, run) : run();
}
