import type {Duplex} from 'node:stream';
import type {HTTPGetAction} from 'kubernetes-types/core/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {request} from '../../http.ts';
import type {ProbeResult, ProbeTarget} from './run-probe.ts';
import {dialError, portNumber, whyNot} from './tcp-action.ts';

/** Asks for a page; 200 to 399 is well. @param timeout in milliseconds */
export async function runHttpGet(
  {host, port, path = '/', scheme = 'HTTP', httpHeaders = []}: HTTPGetAction,
  {network, podIP, container}: ProbeTarget,
  clock: SandboxClock,
  timeout: number,
): Promise<ProbeResult> {
  const address = host || podIP;
  const number = portNumber(port, container);
  const url = `${scheme.toLowerCase()}://${address}:${number}${path.startsWith('/') ? '' : '/'}${path}`;
  const failed = (why: string): ProbeResult => ({outcome: 'failure', output: `Get "${url}": ${why}`});

  const late = Promise.withResolvers<ProbeResult>();
  const timedOut = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  const cancel = clock.after(timeout, () => late.resolve(failed(timedOut)));
  const asking = network.connect(address, number).then(
    socket => get(socket, path, `${address}:${number}`, httpHeaders, failed),
    (error: unknown) => failed(dialError(address, number, whyNot(error))),
  );
  const result = await Promise.race([asking, late.promise]);
  cancel();
  return result;
}

function get(
  socket: Duplex,
  path: string,
  host: string,
  headers: NonNullable<HTTPGetAction['httpHeaders']>,
  failed: (why: string) => ProbeResult,
): Promise<ProbeResult> {
  return new Promise(resolve => {
    const own = {host, 'user-agent': 'kube-probe/1.35', accept: '*/*', connection: 'close'};
    const given = Object.fromEntries(headers.map(({name, value}) => [name.toLowerCase(), value]));
    const asked = request({path, headers: {...own, ...given}, createConnection: () => socket}, response => {
      const {statusCode = 0} = response;
      socket.destroy();
      const well = statusCode >= 200 && statusCode < 400;
      resolve(
        well
          ? {outcome: 'success', output: ''}
          : {outcome: 'failure', output: `HTTP probe failed with statuscode: ${statusCode}`},
      );
    });
    asked.on('error', () => resolve(failed('EOF')));
    asked.end();
  });
}
