import type {SandboxClock} from '../../clock.ts';
import type {
  ExitStatus,
  Image,
  ProcessContext,
  ProcessTable,
  Program,
  RunningContainer,
  RunningProcess,
  Signal,
  SpawnOptions,
} from '../../programs/program.ts';
import {ProgramNotFound} from '../../programs/program.ts';

export interface ContainerProcesses extends ProcessTable {
  /**
   * As the kubelet and the node's kernel send it, which unlike `kill` from within the container also ends pid 1
   * with SIGKILL.
   */
  signalFromOutside(pid: number, signal: Signal): void;
}

export interface ProcessDefaults {
  image: Pick<Image, 'program' | 'programNames'>;
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  clock: SandboxClock;
  /** Looked up when a process starts: the container holds this table in its turn. */
  container: () => RunningContainer;
  /** A program that throws. */
  report(error: unknown): void;
}

interface Process {
  pid: number;
  argv: readonly string[];
  startedAt: number;
  output: Pick<SpawnOptions, 'stdout' | 'stderr'>;
  listeners: ((signal: Signal) => void)[];
  killed: AbortController;
  /** What ended it, when a signal did. */
  signal?: Signal;
}

/** The processes of one container. The first one that is spawned is pid 1: when it ends, all others are killed. */
export function createProcessTable(defaults: ProcessDefaults): ContainerProcesses {
  const processes = new Map<number, Process>();
  let lastPid = 0;

  const end = (process: Process, signal: Signal) => {
    process.signal ??= signal;
    process.killed.abort();
  };
  const deliver = (process: Process, signal: Signal, fromOutside: boolean) => {
    const init = process.pid === 1;
    if (signal === 'SIGKILL') {
      if (!init || fromOutside) end(process, signal);
    } else if (process.listeners.length > 0) {
      for (const listener of process.listeners) listener(signal);
    } else if (!init && signal !== 'SIGSTOP' && signal !== 'SIGCONT') {
      end(process, signal);
    }
  };
  const run = async (program: Program, process: Process, io: SpawnOptions): Promise<ExitStatus> => {
    processes.set(process.pid, process);
    const code = await program(contextOf(process, io, defaults)).catch((error: unknown) => {
      defaults.report(error);
      return 1;
    });
    processes.delete(process.pid);
    if (process.pid === 1) for (const other of processes.values()) end(other, 'SIGKILL');
    return process.signal ? {code: 128 + signalNumbers[process.signal], signal: process.signal} : {code};
  };

  return {
    programNames: defaults.image.programNames,
    list: () => [...processes.values()].map(({pid, argv, startedAt}) => ({pid, argv, startedAt})),
    output: pid => processes.get(pid)?.output,
    spawn(argv, io): RunningProcess {
      const [name = ''] = argv;
      const program = defaults.image.program(name);
      if (!program) throw new ProgramNotFound(name);
      lastPid++;
      const process: Process = {
        pid: lastPid,
        argv,
        startedAt: defaults.clock.now(),
        output: {stdout: io.stdout, stderr: io.stderr},
        listeners: [],
        killed: new AbortController(),
      };
      return {pid: process.pid, ended: run(program, process, io)};
    },
    kill(pid, signal) {
      const process = processes.get(pid);
      if (process) deliver(process, signal, false);
      return process !== undefined;
    },
    signalFromOutside(pid, signal) {
      const process = processes.get(pid);
      if (process) deliver(process, signal, true);
    },
  };
}

const contextOf = (process: Process, io: SpawnOptions, defaults: ProcessDefaults): ProcessContext => ({
  pid: process.pid,
  argv: process.argv,
  env: io.env ?? defaults.env,
  workingDirectory: io.workingDirectory ?? defaults.workingDirectory,
  stdin: io.stdin,
  stdout: io.stdout,
  stderr: io.stderr,
  ...(io.tty && {tty: io.tty}),
  container: defaults.container(),
  clock: defaults.clock,
  onSignal: listener => process.listeners.push(listener),
  killed: process.killed.signal,
  become(argv, changes) {
    const [name = ''] = argv;
    const program = defaults.image.program(name);
    if (!program) throw new ProgramNotFound(name);
    process.argv = argv;
    process.listeners = [];
    return program(contextOf(process, {...io, ...changes}, defaults));
  },
});

const signalNumbers: Record<Signal, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
  SIGCONT: 18,
  SIGSTOP: 19,
};
