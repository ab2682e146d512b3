import type {Duplex} from 'node:stream';
import type {Cancel} from '../clock.ts';

/** One Pod's place in the cluster's network. No packet ever leaves the process. */
export interface PodNetwork {
  readonly ip: string;
  /**
   * Answers connections to a port of this Pod, from other Pods, itself or a port-forward.
   * @throws NetworkError EADDRINUSE
   */
  listen(port: number, onConnection: (socket: Duplex, from: string) => void): Cancel;
  /**
   * Opens a connection to a Pod's IP, a Service's cluster IP, localhost or a name that DNS knows.
   * @throws NetworkError ECONNREFUSED, ETIMEDOUT (nobody has the address), ENOTFOUND (no such name)
   */
  connect(host: string, port: number): Promise<Duplex>;
  /**
   * The addresses behind a name, with the Pod's search domains; empty when there is none.
   * A headless Service gives its ready Pods' IPs, any other its cluster IP.
   */
  resolve(name: string): Promise<readonly string[]>;
}

export type NetworkErrorCode = 'EADDRINUSE' | 'ECONNREFUSED' | 'ETIMEDOUT' | 'ENOTFOUND';

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;
  constructor(code: NetworkErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
