import {Readable} from 'node:stream';
import {type ExitStatus, ProgramNotFound, type RunningProcess} from '../../programs/program.ts';
import {StatusError} from '../../status-error.ts';
import type {ContainerHandle} from '../containers/start-container.ts';
import {execFailed} from '../errors.ts';
import type {ExecRequest} from '../kubelets.ts';

/**
 * Runs a command in a running container. When the client goes away, a program on a terminal is hung up on; another one
 * goes on, without anybody to read it.
 * @throws StatusError when the image has no such program
 */
export function execInContainer({processes}: ContainerHandle, request: ExecRequest): Promise<ExitStatus> {
  const process = spawn(processes, request);
  const hangUp = () => {
    if (request.tty) processes.signalFromOutside(process.pid, 'SIGHUP');
  };
  request.signal.addEventListener('abort', hangUp, {once: true});
  return process.ended.finally(() => request.signal.removeEventListener('abort', hangUp));
}

function spawn(
  processes: ContainerHandle['processes'],
  {command, stdin, stdout, stderr, tty}: ExecRequest,
): RunningProcess {
  try {
    return processes.spawn(command, {
      stdin: stdin ?? Readable.from([]),
      stdout,
      stderr: stderr ?? stdout,
      ...(tty && {tty}),
    });
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    const message = `Internal error occurred: Internal error occurred: error executing command in container: ${execFailed(error)}`;
    throw new StatusError(500, 'InternalError', message);
  }
}
