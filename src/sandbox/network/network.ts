import {type Duplex, duplexPair} from 'node:stream';
import type {SandboxClock} from '../clock.ts';
import type {NodeMachines} from '../node/machine.ts';
import type {Registry} from '../registry/registry.ts';
import {isAddress, resolve} from './dns.ts';
import {NetworkError, type PodNetwork} from './pod-network.ts';
import {route} from './route.ts';

/** Who gets a place in the network. */
export interface NetworkMember {
  ip: string;
  namespace: string;
  hostname: string;
}

/** The cluster's network: which Pod has which address, and who listens there. */
export interface Network {
  /** Gives a Pod its place. Its address must be free. */
  join(member: NetworkMember): PodNetwork & {
    /** Ends its connections and gives the address back. */
    leave(): void;
  };
  /** A connection from outside of the cluster straight to a Pod's port, as a port-forward makes it. */
  connect(ip: string, port: number): Promise<Duplex>;
}

interface Seat {
  listeners: Map<number, (socket: Duplex, from: string) => void>;
  sockets: Set<Duplex>;
}

/** What Linux waits for an answer to ARP before it calls a host unreachable, in milliseconds. */
const unreachableAfter = 3_000;

export function createNetwork(
  registry: Registry,
  machines: Pick<NodeMachines, 'list'>,
  clock: SandboxClock,
): Network {
  const seats = new Map<string, Seat>();
  let turn = 0;
  const roundRobin = (count: number) => turn++ % Math.max(1, count);

  const open = async (from: string, host: string, ip: string, port: number): Promise<Duplex> => {
    const nodes = machines.list().map(machine => machine.ip);
    const way = route(registry, ip, port, address => seats.has(address), nodes, roundRobin);
    if (way.to === 'nowhere') {
      await new Promise<void>(done => clock.after(unreachableAfter, done));
      throw new NetworkError('EHOSTUNREACH', `no route to host ${host}`);
    }
    const seat = way.to === 'pod' ? seats.get(way.ip) : undefined;
    const listener = way.to === 'pod' ? seat?.listeners.get(way.port) : undefined;
    if (!seat || !listener)
      throw new NetworkError('ECONNREFUSED', `connection to ${host} port ${port} refused`);
    const [near, far] = duplexPair();
    tie(near, far, [seats.get(from), seat]);
    listener(far, from);
    return near;
  };

  return {
    join(member) {
      const seat: Seat = {listeners: new Map(), sockets: new Set()};
      seats.set(member.ip, seat);
      const lookUp = (name: string) => resolve(registry, member, name);
      return {
        ip: member.ip,
        listen(port, onConnection) {
          if (seat.listeners.has(port))
            throw new NetworkError('EADDRINUSE', `port ${port} is already in use`);
          seat.listeners.set(port, onConnection);
          return () => {
            if (seat.listeners.get(port) === onConnection) seat.listeners.delete(port);
          };
        },
        async connect(host, port) {
          const [ip] = lookUp(host);
          if (ip === undefined) throw new NetworkError('ENOTFOUND', `could not resolve host ${host}`);
          return open(member.ip, host, ip.startsWith('127.') ? member.ip : ip, port);
        },
        resolve: lookUp,
        leave() {
          if (seats.get(member.ip) === seat) seats.delete(member.ip);
          seat.listeners.clear();
          for (const socket of seat.sockets) socket.destroy();
        },
      };
    },
    async connect(ip, port) {
      if (!isAddress(ip) || !seats.has(ip))
        throw new NetworkError('ECONNREFUSED', `connection to ${ip} port ${port} refused`);
      return open('127.0.0.1', ip, ip, port);
    },
  };
}

/** Both ends die with one another when one is cut off, and with either of their Pods. */
function tie(near: Duplex, far: Duplex, seats: (Seat | undefined)[]): void {
  for (const [end, other] of [
    [near, far],
    [far, near],
  ] as const) {
    // A peer that went away shows as an end of the stream; an error has no one else to tell.
    end.on('error', () => {});
    end.once('close', () => {
      // One that said its goodbye may still be read from; one that was cut off ends the other too.
      if (!end.writableFinished) other.destroy();
      for (const seat of seats) seat?.sockets.delete(end);
    });
    for (const seat of seats) seat?.sockets.add(end);
  }
}
