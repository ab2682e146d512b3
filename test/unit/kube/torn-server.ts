import {EventEmitter, once} from 'node:events';
import {mkdtemp, writeFile} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A request that the test answers as it likes. */
export interface Asked {
  path: string;
  query: URLSearchParams;
  answer: ServerResponse;
}

/**
 * No Kubernetes: a bare HTTP server that can do to a connection what a bad network does. A test takes
 * the requests one by one, in the order in which they came, and answers each by hand.
 */
export class TornServer {
  readonly #requests: Asked[] = [];
  readonly #news = new EventEmitter();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, answer) => this.#ask(request, answer));
  #port = 0;

  constructor() {
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#news.emit('news');
      });
    });
  }

  /** Starts, also again at the same address after `stop`. */
  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Breaks all connections and refuses new ones. */
  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** The next request, which may have come already. */
  async request(): Promise<Asked> {
    while (this.#requests.length === 0) await once(this.#news, 'news');
    return this.#requests.shift() as Asked;
  }

  /** Waits until nobody is connected any more. */
  async deserted(): Promise<void> {
    while (this.#sockets.size > 0) await once(this.#news, 'news');
  }

  async kubeconfig(): Promise<string> {
    const file = join(await mkdtemp(join(tmpdir(), 'statelab-torn-')), 'kubeconfig');
    const cluster = {server: `http://127.0.0.1:${this.#port}`, 'insecure-skip-tls-verify': true};
    const content = {
      'current-context': 'torn',
      contexts: [{name: 'torn', context: {cluster: 'torn', user: 'torn'}}],
      clusters: [{name: 'torn', cluster}],
      users: [{name: 'torn', user: {token: 'secret'}}],
    };
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  #ask({url = ''}: IncomingMessage, answer: ServerResponse): void {
    const {pathname, searchParams} = new URL(url, 'http://torn');
    this.#requests.push({path: pathname, query: searchParams, answer});
    this.#news.emit('news');
  }
}
