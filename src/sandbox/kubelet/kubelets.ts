import type {Duplex, Readable, Writable} from 'node:stream';
import type {ExitStatus} from '../programs/program.ts';

export interface ExecRequest {
  namespace: string;
  pod: string;
  /** The first one by default. */
  container?: string;
  command: readonly string[];
  stdin?: Readable;
  stdout: Writable;
  /** Not there with a tty. */
  stderr?: Writable;
  tty?: {columns: number; rows: number; onResize(listener: (columns: number, rows: number) => void): void};
  signal: AbortSignal;
}

export interface LogRequest {
  namespace: string;
  pod: string;
  container?: string;
  previous: boolean;
  follow: boolean;
  tailLines?: number;
  /** Milliseconds since the epoch. */
  since?: number;
  limitBytes?: number;
  timestamps: boolean;
  signal: AbortSignal;
}

/** What the API server asks of the kubelets, for the Pods' streaming subresources. */
export interface Kubelets {
  /**
   * What the API server itself refuses to exec in or attach to, asked before a connection is upgraded, so that a "no"
   * is a plain HTTP answer. That a container does not run is the kubelet's word, and comes through the connection.
   * @returns the container's name: the one asked for, else the Pod's default
   * @throws StatusError when there is no such Pod or container, or it has no node yet
   */
  check(namespace: string, pod: string, container: string | undefined): string;
  /** @throws StatusError when there is no such Pod or container, it does not run, or its node does not answer */
  exec(request: ExecRequest): Promise<ExitStatus>;
  attach(request: Omit<ExecRequest, 'command'>): Promise<ExitStatus>;
  /** Chunks of whole lines. @throws StatusError */
  log(request: LogRequest): Promise<AsyncIterable<Buffer>>;
  /** @throws StatusError; NetworkError ECONNREFUSED when nothing listens on the port */
  connect(namespace: string, pod: string, port: number): Promise<Duplex>;
}
