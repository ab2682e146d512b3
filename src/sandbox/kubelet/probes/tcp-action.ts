import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import type {Network} from '../../network/network.ts';
import {NetworkError} from '../../network/pod-network.ts';
import type {ProbeResult} from './run-probe.ts';

/** Opens a connection and closes it. @param timeout in milliseconds */
export async function runTcpSocket(
  network: Network,
  host: string,
  port: number,
  clock: SandboxClock,
  timeout: number,
): Promise<ProbeResult> {
  const late = Promise.withResolvers<ProbeResult>();
  const cancel = clock.after(timeout, () =>
    late.resolve({outcome: 'failure', output: dialError(host, port, 'i/o timeout')}),
  );
  const connecting = network.connect(host, port).then(
    (socket): ProbeResult => {
      socket.destroy();
      return {outcome: 'success', output: ''};
    },
    (error: unknown): ProbeResult => ({outcome: 'failure', output: dialError(host, port, whyNot(error))}),
  );
  const result = await Promise.race([connecting, late.promise]);
  cancel();
  return result;
}

/** As Go says that a connection could not be made. */
export const dialError = (host: string, port: number, why: string) => `dial tcp ${host}:${port}: ${why}`;

export function whyNot(error: unknown): string {
  if (!(error instanceof NetworkError)) throw error;
  return error.code === 'ECONNREFUSED' ? 'connect: connection refused' : 'connect: no route to host';
}

/** A port may be given by its name in the container. */
export function portNumber(port: string | number, container: Container): number {
  const named = container.ports?.find(({name}) => name === port);
  return named?.containerPort ?? Number(port);
}
