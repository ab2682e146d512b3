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
   * Opens a connection to a Pod's IP, a Service's cluster IP, a node's port, localhost or a name that DNS knows.
   * @throws NetworkError ECONNREFUSED; EHOSTUNREACH after some seconds when nobody has the address; ENOTFOUND
   */
  connect(host: string, port: number): Promise<Duplex>;
  /**
   * The addresses behind a name, with the Pod's search domains; empty when there is none.
   * A headless Service gives its ready Pods' IPs, any other its cluster IP.
   */
  resolve(name: string): readonly string[];
}

export type NetworkErrorCode = 'EADDRINUSE' | 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ENOTFOUND';

/** A connection or a port that is not to be had; the code is the one that Node.js gives for a real one. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;
  constructor(code: NetworkErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
