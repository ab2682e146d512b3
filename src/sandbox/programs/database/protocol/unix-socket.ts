import {type Duplex, duplexPair} from 'node:stream';
import type {Cancel} from '../../../clock.ts';
import type {RunningContainer} from '../../program.ts';

/** Why a UNIX socket did not answer: no such file, or nobody behind it. The value is the errno. */
export const socketErrors = {missing: 2, refused: 111} as const;

type Listener = (socket: Duplex) => void;

/** Who listens, by the socket's place: a real directory where a volume is mounted, else the container itself. */
const onVolumes = new Map<string, Listener>();
const inContainers = new WeakMap<object, Map<string, Listener>>();

/** Answers connections to a socket file, which it makes. The file stays when the server dies. */
export async function listenOn(
  container: RunningContainer,
  path: string,
  onConnection: Listener,
): Promise<Cancel> {
  const {table, key} = await placeOf(container, path);
  await container.files.mkdir(path.slice(0, path.lastIndexOf('/')), {recursive: true});
  await container.files.writeFile(path, '');
  table.set(key, onConnection);
  return () => void table.delete(key);
}

/** @returns the errno when nobody answers */
export async function connectTo(container: RunningContainer, path: string): Promise<Duplex | number> {
  const {table, key} = await placeOf(container, path);
  const listener = table.get(key);
  if (!(await container.files.exists(path))) return socketErrors.missing;
  if (!listener) return socketErrors.refused;
  const [client, server] = duplexPair();
  listener(server);
  return client;
}

async function placeOf(container: RunningContainer, path: string) {
  const hostPath = await container.hostPath(path);
  if (hostPath !== undefined) return {table: onVolumes, key: hostPath};
  const table = inContainers.get(container.files) ?? new Map<string, Listener>();
  inContainers.set(container.files, table);
  return {table, key: path.replace(/^\/var\/run\//, '/run/')};
}
