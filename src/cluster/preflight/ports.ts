import {connect} from 'node:net';

/** Those of the ports of this machine that somebody listens on. */
export async function takenOf(ports: readonly number[], signal: AbortSignal): Promise<number[]> {
  const taken = await Promise.all(ports.map(port => isTaken(port, signal)));
  return ports.filter((_, index) => taken[index]);
}

const isTaken = (port: number, signal: AbortSignal): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({host: '127.0.0.1', port, signal});
    const told = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => told(true));
    socket.once('error', () => told(false));
  });
