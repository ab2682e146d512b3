import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {SandboxClock} from '../clock.ts';
import type {Kubelets} from '../kubelet/kubelets.ts';
import type {Registry} from '../registry/registry.ts';
import type {StreamTarget} from '../stream/handle-upgrade.ts';
import type {Credentials} from './credentials.ts';
import type {ApiRequest} from './request.ts';

/** What a server of the API serves, where, and what it is given for the parts that are none of its own. */
export interface ApiOptions {
  registry: Registry;
  kubelets: Kubelets;
  clock: SandboxClock;
  /** Where to listen, e.g. 127.0.0.1. */
  address: string;
  /** 0 for any that is free. */
  port: number;
  credentials: Credentials;
  /** Of the Kubernetes release whose behaviour this is, e.g. v1.35.4. */
  version: string;
  /** A bug, or a connection that broke in an unusual way. */
  report(error: unknown): void;
  /**
   * Takes over connections for exec, attach and port-forward.
   * @returns false when it speaks none of the protocols that the client offers
   * @throws StatusError before anything was written
   */
  streams(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    target: StreamTarget,
  ): boolean | Promise<boolean>;
  /** Answers requests that are none of Kubernetes'; undefined for all others. The client is known already. */
  beside?(request: ApiRequest): Promise<object | undefined>;
  /**
   * Takes over connections for streams that are none of Kubernetes'. The client is known already.
   * @returns false for all others
   * @throws StatusError before anything was written
   */
  streamsBeside?(
    request: ApiRequest,
    incoming: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): boolean | Promise<boolean>;
  /** Closes the server, as `close` does. */
  signal: AbortSignal;
}
