import {Readable, Writable} from 'node:stream';
import type {SandboxClock} from '../../clock.ts';
import {ProgramNotFound} from '../../programs/program.ts';
import type {ContainerHandle} from '../containers/start-container.ts';
import {execFailed} from '../errors.ts';
import {goDuration} from '../go-duration.ts';
import type {ProbeResult} from './run-probe.ts';

/** What a kubelet keeps of a probe's output, in bytes. */
const maxOutput = 10 * 2 ** 10;

/** Runs a command in the container. @param timeout in milliseconds */
export async function runExec(
  command: readonly string[],
  {processes}: ContainerHandle,
  clock: SandboxClock,
  timeout: number,
): Promise<ProbeResult> {
  let output = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (output.length < maxOutput) output += chunk.toString();
      done();
    },
  });
  let timedOut = false;
  try {
    const process = processes.spawn(command, {stdin: Readable.from([]), stdout: stream, stderr: stream});
    const cancel = clock.after(timeout, () => {
      timedOut = true;
      processes.signalFromOutside(process.pid, 'SIGKILL');
    });
    const {code} = await process.ended;
    cancel();
    if (timedOut) return {outcome: 'failure', output: timeoutMessage(command, timeout)};
    return {outcome: code === 0 ? 'success' : 'failure', output: output.slice(0, maxOutput)};
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    return {outcome: 'unknown', output: `rpc error: code = Unknown desc = ${execFailed(error)}`};
  }
}

const timeoutMessage = (command: readonly string[], timeout: number) =>
  `command timed out: "${command.join(' ')}" timed out after ${goDuration(timeout)}`;
