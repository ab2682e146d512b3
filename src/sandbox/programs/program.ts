import type {Readable, Writable} from 'node:stream';
import type {IFileSystem} from 'just-bash';
import type {SandboxClock} from '../clock.ts';
import type {PodNetwork} from '../network/pod-network.ts';

/** An image that is simulated: what `docker inspect` would tell, and what runs instead of it. */
export interface Image {
  /** Names it goes by, without tags, e.g. mariadb, docker.io/library/mariadb. */
  names: readonly string[];
  /** The tags that exist; another is not found, as at a registry. */
  tags: readonly string[];
  entrypoint: readonly string[];
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  /** Directories that get a volume of their own, which lives as long as the container, where nothing is mounted. */
  volumes?: readonly string[];
  /** The files of the image that somebody may look at: path → content. A path that ends in / is a directory. */
  files: Readonly<Record<string, string>>;
  /** Bytes; shown in events. */
  size: number;
  /** Finds the program behind argv[0]; undefined: no such file in the image. */
  program(name: string): Program | undefined;
  /** The programs' names, without directories: what a shell can run beside its own commands. */
  programNames: readonly string[];
}

export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT';

/** What a program sees. Nothing of the host's can be reached but the mounts. */
export interface ProcessContext {
  pid: number;
  /** argv[0] is the program. */
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** The terminal's size where there is one; `onResize` is called with each new one. */
  tty?: {columns: number; rows: number; onResize(listener: (columns: number, rows: number) => void): void};
  container: RunningContainer;
  clock: SandboxClock;
  /** SIGTERM and the like for programs that handle them; SIGKILL always aborts `killed`. */
  onSignal(listener: (signal: Signal) => void): void;
  /** Aborted when the process is to end at once: whatever it holds is released before `run` returns. */
  killed: AbortSignal;
  /**
   * exec(2): from here on this process is another program, with signal handlers of its own.
   * @returns that program's exit code, for this one to return
   * @throws ProgramNotFound when the image has none of that name
   */
  become(argv: readonly string[], changes: BecomeOptions): Promise<number>;
}

export type BecomeOptions = Partial<
  Pick<ProcessContext, 'env' | 'workingDirectory' | 'stdin' | 'stdout' | 'stderr'>
>;

/** What all processes of one container share. */
export interface RunningContainer {
  readonly hostname: string;
  readonly podName: string;
  readonly namespace: string;
  /** The root file system: the image's files in memory, with the Pod's volumes mounted. */
  readonly files: IFileSystem;
  /** The real directory on the host behind a path that lies on a mounted volume; undefined for the image's own. */
  hostPath(path: string): Promise<string | undefined>;
  /** Mount points, for df and mount. */
  readonly mounts: readonly Mount[];
  readonly network: PodNetwork;
  readonly processes: ProcessTable;
}

export interface Mount {
  /** In the container. */
  path: string;
  /** The real directory or file. */
  hostPath: string;
  readOnly: boolean;
  /** e.g. tmpfs for medium: Memory, ext4 for a node's disk */
  filesystem: string;
  /** Bytes, where the volume has a limit. */
  size?: number;
}

export interface ProcessInfo {
  pid: number;
  argv: readonly string[];
  /** Milliseconds since the epoch. */
  startedAt: number;
}

export interface ProcessTable {
  /** The image's, see there. */
  readonly programNames: readonly string[];
  list(): readonly ProcessInfo[];
  /** Where a running process prints to: /proc/<pid>/fd/1 and 2. */
  output(pid: number): Pick<ProcessContext, 'stdout' | 'stderr'> | undefined;
  /**
   * Starts a program of the image in this container.
   * @throws ProgramNotFound when the image has none of that name
   */
  spawn(argv: readonly string[], io: SpawnOptions): RunningProcess;
  /** False when there is no such process. The default of a program without a handler: SIGTERM ends it, but not pid 1. */
  kill(pid: number, signal: Signal): boolean;
}
export type SpawnOptions = Pick<ProcessContext, 'stdin' | 'stdout' | 'stderr'> &
  Partial<Pick<ProcessContext, 'env' | 'workingDirectory' | 'tty'>>;

export interface RunningProcess {
  readonly pid: number;
  readonly ended: Promise<ExitStatus>;
}

/** 128 + the signal's number for a killed process, as a shell and the kubelet count it. */
export interface ExitStatus {
  code: number;
  signal?: Signal;
  /** Killed because a memory limit was passed. */
  oom?: boolean;
}

/** Runs until it ends by itself or is killed. Resolves with its exit code; a throw is a bug. */
export type Program = (context: ProcessContext) => Promise<number>;

/** What `spawn` throws for a program that the image lacks. */
export class ProgramNotFound extends Error {
  override readonly name = 'ProgramNotFound';
  /** argv[0]. */
  readonly program: string;
  constructor(program: string) {
    super(`exec: "${program}": executable file not found in $PATH`);
    this.program = program;
  }
}
