/** The part of spdy-transport 3 that is used here; the package brings no types. */
declare module 'spdy-transport' {
  import type {EventEmitter} from 'node:events';
  import type {Duplex} from 'node:stream';

  interface Window {
    send: {setMax(bytes: number): void; update(bytes: number): void};
  }
  interface Stream extends Duplex {
    _spdyState: {window: Window};
    headers: Record<string, string>;
    respond(status: number, headers: Record<string, string>): void;
  }
  interface Parser {
    parseKVs(body: unknown, callback: (error: Error | null, headers: Record<string, string>) => void): void;
  }
  interface Connection extends EventEmitter {
    _spdyState: {parser: Parser; window: Window; framer: {_readableState: {highWaterMark: number}}};
    start(version: number): void;
    ping(callback: () => void): void;
    end(callback?: () => void): void;
    destroy(error?: Error): void;
  }
  const transport: {
    connection: {create(socket: Duplex, options: {protocol: 'spdy'; isServer: boolean}): Connection};
  };
  export default transport;
}
