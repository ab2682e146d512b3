import type {Readable, Writable} from 'node:stream';
import type {Kubelets} from '../kubelet/kubelets.ts';
import type {ExitStatus} from '../programs/program.ts';
import {StatusError} from '../status-error.ts';

/** An exec (with a command) or attach (without). */
export interface RemoteCommand {
  namespace: string;
  pod: string;
  container: string | undefined;
  /** Empty for attach. */
  command: readonly string[];
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

/** The streams between a client and a program, whatever the wire is. */
export interface CommandChannels {
  stdin?: Readable;
  stdout: Writable;
  stderr?: Writable;
  /** Tells each size of the client's terminal. */
  onResize(listener: (columns: number, rows: number) => void): void;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
  /** Sends how it ended, after all output, and closes. */
  finish(status: object): Promise<void>;
}

/** Runs it and tells the client how it ended. Never rejects. */
export async function runRemoteCommand(
  kubelets: Kubelets,
  {namespace, pod, container, command, tty}: RemoteCommand,
  channels: CommandChannels,
): Promise<void> {
  const request = {
    namespace,
    pod,
    ...(container !== undefined && {container}),
    ...(channels.stdin && {stdin: channels.stdin}),
    stdout: channels.stdout,
    ...(channels.stderr && !tty && {stderr: channels.stderr}),
    ...(tty && {tty: {columns: 80, rows: 24, onResize: channels.onResize}}),
    signal: channels.signal,
  };
  await finishWith(channels, () =>
    command.length > 0 ? kubelets.exec({...request, command}) : kubelets.attach(request),
  );
}

/** Runs a program and tells the client how it ended. Never rejects. */
export async function finishWith(
  {finish}: Pick<CommandChannels, 'finish'>,
  run: () => Promise<ExitStatus>,
): Promise<void> {
  try {
    await finish(statusOf(await run()));
  } catch (error) {
    await finish(failure(error));
  }
}

function statusOf({code}: ExitStatus): object {
  if (code === 0) return {metadata: {}, status: 'Success'};
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: {causes: [{reason: 'ExitCode', message: String(code)}]},
  };
}

function failure(error: unknown): object {
  const {message} = error as Error;
  const inside = error instanceof StatusError ? message : `Internal error occurred: ${message}`;
  return {metadata: {}, status: 'Failure', message: inside, reason: 'InternalError', code: 500};
}
