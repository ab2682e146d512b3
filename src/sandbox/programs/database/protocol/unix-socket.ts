import {type Duplex, duplexPair} from 'node:stream';
import type {Cancel} from '../../../clock.ts';
import type {RunningContainer} from '../../program.ts';

/** Why a UNIX socket did not answer: no such file, or nobody behind it. The value is the errno. */
export const socketErrors = {missing: 2, refused: 111} as const;

type Listener = (socket: Duplex) => void;

/** Socket files by their place, each with who listens there, until nobody does any more. */
type Sockets = Map<string, Listener | undefined>;

/** A real directory where a volume is mounted, so that containers meet there; else the container itself. */
const onVolumes: Sockets = new Map();
const inContainers = new WeakMap<object, Sockets>();

/** Answers connections to a socket file, which it makes. The file stays when the server dies: see removeSocket. */
export async function listenOn(
  container: RunningContainer,
  path: string,
  onConnection: Listener,
): Promise<Cancel> {
  const {table, key} = await placeOf(container, path);
  await container.files.mkdir(path.slice(0, path.lastIndexOf('/')), {recursive: true});
  await container.files.writeFile(path, '');
  await container.files.chmod(path, 0o777);
  table.set(key, onConnection);
  return () => {
    if (table.get(key) === onConnection) table.set(key, undefined);
  };
}

/** What a server that ends in order does with its socket file. */
export async function removeSocket(container: RunningContainer, path: string): Promise<void> {
  const {table, key} = await placeOf(container, path);
  table.delete(key);
  await container.files.rm(path, {force: true});
}

/** Is the file a socket? The host's file system has a plain one in its place. */
export async function isSocket(container: RunningContainer, path: string): Promise<boolean> {
  const {table, key} = await placeOf(container, path);
  return table.has(key);
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
  const table: Sockets = inContainers.get(container.files) ?? new Map();
  inContainers.set(container.files, table);
  return {table, key: path.replace(/^\/var\/run\//, '/run/')};
}
