import type {Duplex} from 'node:stream';
import type {Network} from '../../network/network.ts';
import {NetworkError} from '../../network/pod-network.ts';
import {findPod, type Nodes} from './find-container.ts';

/** @throws StatusError; NetworkError ECONNREFUSED when nothing listens on the port */
export async function connectToPod(
  nodes: Nodes,
  network: Network,
  namespace: string,
  name: string,
  port: number,
): Promise<Duplex> {
  const {runtime} = findPod(nodes, namespace, name, () => 'error dialing backend: ');
  const ip = runtime?.sandbox?.ip;
  if (ip === undefined) throw new NetworkError('ECONNREFUSED', `pod ${name} is not running`);
  return network.connect(ip, port);
}
