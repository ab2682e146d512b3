import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {onTestFinished} from 'vitest';
import type {ExecRequest, Kubelets} from '../../../../src/sandbox/kubelet/kubelets.ts';
import {NetworkError} from '../../../../src/sandbox/network/pod-network.ts';
import {notFound} from '../../../../src/sandbox/status-error.ts';
import {handleUpgrade, type StreamTarget} from '../../../../src/sandbox/stream/handle-upgrade.ts';

/** A server with one Pod `web`, whose programs are functions, for ws clients and for kubectl. */
export async function openStreams(programs: Record<string, (request: ExecRequest) => Promise<number>>) {
  const asked: ExecRequest[] = [];
  const kubelets: Kubelets = {
    check(_namespace, pod, container) {
      if (pod !== 'web') throw notFound({group: '', resource: 'pods', kind: 'Pod'}, pod);
      return container ?? 'main';
    },
    async exec(request) {
      asked.push(request);
      const program = programs[request.command[0] ?? ''];
      if (!program)
        throw new Error(`exec: "${request.command[0]}": executable file not found in $PATH: unknown`);
      return {code: await program(request)};
    },
    async attach(request) {
      return {code: (await programs.attached?.({...request, command: []})) ?? 0};
    },
    log: () => Promise.reject(new Error('not asked for here')),
    async connect(_namespace, _pod, port) {
      if (port !== 80) throw new NetworkError('ECONNREFUSED', `connection to port ${port} refused`);
      const {duplexPair} = await import('node:stream');
      const [near, far] = duplexPair();
      far.once('data', chunk => far.end(`you said ${String(chunk)}`));
      return near;
    },
  };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const answer = answers(new URL(request.url ?? '/', 'http://sandbox').pathname);
    response.statusCode = answer ? 200 : 404;
    response.end(JSON.stringify(answer ?? {}));
  });
  const refused: unknown[] = [];
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    try {
      if (!handleUpgrade(kubelets, request, socket, head, targetOf(request)))
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    } catch (error) {
      refused.push(error);
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {address: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, refused};
}

/** As the API server reads it from the URL. */
function targetOf({url = ''}: IncomingMessage): StreamTarget {
  const {pathname, searchParams} = new URL(url, 'http://sandbox');
  const [, namespace = '', pod = '', subresource = ''] =
    /namespaces\/(\w+)\/pods\/(\w+)\/(\w+)/.exec(pathname) ?? [];
  if (subresource === 'portforward') return {subresource, namespace, pod};
  const asks = (name: string) => ['true', '1'].includes(searchParams.get(name) ?? '');
  return {
    subresource: subresource === 'attach' ? 'attach' : 'exec',
    namespace,
    pod,
    container: searchParams.get('container') ?? undefined,
    command: searchParams.getAll('command'),
    stdin: asks('stdin'),
    stdout: asks('stdout'),
    stderr: asks('stderr'),
    tty: asks('tty'),
  };
}

/** What kubectl asks before it opens a stream. */
function answers(path: string): object | undefined {
  if (path === '/api') return {kind: 'APIVersions', versions: ['v1']};
  if (path === '/apis') return {kind: 'APIGroupList', apiVersion: 'v1', groups: []};
  if (path === '/api/v1') {
    const pods = {name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list']};
    return {kind: 'APIResourceList', groupVersion: 'v1', resources: [pods]};
  }
  if (!path.endsWith('/pods/web')) return undefined;
  const containers = [{name: 'main', ports: [{containerPort: 80}]}];
  const metadata = {name: 'web', namespace: 'default'};
  return {kind: 'Pod', apiVersion: 'v1', metadata, spec: {containers}, status: {phase: 'Running'}};
}
