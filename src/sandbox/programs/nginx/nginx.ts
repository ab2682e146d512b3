import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Cancel} from '../../clock.ts';
import {createServer} from '../../http.ts';
import {NetworkError} from '../../network/pod-network.ts';
import {pauseFor} from '../pause.ts';
import type {ProcessContext, Program} from '../program.ts';
import {readSites, type Site} from './configuration.ts';
import {serveFile} from './serve-file.ts';
import {version} from './version.ts';

/** nginx as far as it serves files: over the Pod's network, from the container's file system. */
export const nginx: Program = async context => {
  const {argv, stderr, container} = context;
  if (argv.includes('-v') || argv.includes('-V')) {
    stderr.write(`nginx version: nginx/${version}\n`);
    return 0;
  }
  const sites = await readSites(container.files);
  if (argv.includes('-t')) {
    stderr.write('nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n');
    stderr.write('nginx: configuration file /etc/nginx/nginx.conf test is successful\n');
    return 0;
  }
  const at = argv.indexOf('-s');
  if (at >= 0) return signalMaster(context, argv[at + 1] ?? '');
  return serve(context, sites);
};

async function serve(context: ProcessContext, sites: readonly Site[]): Promise<number> {
  const {stderr, onSignal, killed, clock} = context;
  const {promise, resolve} = Promise.withResolvers<number>();
  const notice = (text: string) => stderr.write(`${stamp(clock.now())} [notice] 1#1: ${text}\n`);
  const server = createServer((request, response) => void answer(context, sites, request, response));
  server.keepAliveTimeout = 65_000;
  const ports = [...new Set(sites.map(({port}) => port))];
  const closes = await bind(context, ports, (port, socket, from) => {
    Object.assign(socket, {remoteAddress: from, localPort: port});
    server.emit('connection', socket);
  });
  if (!closes) return 1;
  notice('using the "epoll" event method');
  notice(`nginx/${version}`);
  notice('start worker processes');
  onSignal(signal => {
    if (signal === 'SIGHUP') return notice('reconfiguring');
    if (signal !== 'SIGTERM' && signal !== 'SIGQUIT' && signal !== 'SIGINT') return;
    notice(signal === 'SIGQUIT' ? 'gracefully shutting down' : 'exiting');
    resolve(0);
  });
  killed.addEventListener('abort', () => resolve(137), {once: true});
  try {
    return await promise;
  } finally {
    for (const close of closes) close();
    server.closeAllConnections();
  }
}

const tries = 5;

const pauseBetweenTries = 500;

/** Takes the ports, as often as nginx tries to; undefined when another server of the Pod keeps one of them. */
async function bind(
  {stderr, container, killed, clock}: ProcessContext,
  ports: readonly number[],
  onConnection: (port: number, socket: Duplex, from: string) => void,
): Promise<Cancel[] | undefined> {
  const now = stamp(clock.now()); // its clock stands still until it serves
  const emergency = (text: string) => stderr.write(`${now} [emerg] 1#1: ${text}\nnginx: [emerg] ${text}\n`);
  const closes: Cancel[] = [];
  const left = [...ports];
  for (let tried = 0; tried < tries && !killed.aborted; tried += 1) {
    if (tried > 0) await pauseFor(clock, pauseBetweenTries, killed);
    for (const port of [...left]) {
      try {
        closes.push(container.network.listen(port, (socket, from) => onConnection(port, socket, from)));
        left.splice(left.indexOf(port), 1);
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        emergency(`bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
      }
    }
    if (left.length === 0) return closes;
  }
  emergency('still could not bind()');
  for (const close of closes) close();
  return undefined;
}

async function answer(
  {container, stdout, clock}: ProcessContext,
  sites: readonly Site[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const {localPort, remoteAddress} = request.socket;
  const site = sites.find(({port}) => port === localPort) ?? sites[0];
  const length = await serveFile(container.files, site?.root ?? '/usr/share/nginx/html', request, response);
  const agent = request.headers['user-agent'] ?? '-';
  stdout.write(
    `${remoteAddress} - - [${accessTime(clock.now())}] "${request.method} ${request.url} HTTP/1.1" ${response.statusCode} ${length} "-" "${agent}" "-"\n`,
  );
}

function signalMaster({stderr, container}: ProcessContext, name: string): number {
  const signal = ({stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP'} as const)[name];
  if (signal) {
    container.processes.kill(1, signal);
    return 0;
  }
  stderr.write(`nginx: invalid option: "-s ${name}"\n`);
  return 1;
}

/** 2026/11/21 14:58:52 */
const stamp = (now: number) =>
  new Date(now).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');

/** 21/Nov/2026:14:58:52 +0000 */
function accessTime(now: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
