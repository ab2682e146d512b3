import type {Duplex} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import type {Kubelets} from '../kubelet/kubelets.ts';
import {serveSpdy} from './spdy/connection.ts';

/**
 * Serves `kubectl port-forward`: for each local connection the client opens two streams with one request id, the
 * first for an error message, the second for the data.
 */
export function forwardPorts(
  kubelets: Kubelets,
  socket: Duplex,
  {namespace, pod}: {namespace: string; pod: string},
): void {
  const errors = new Map<string, Duplex>();
  serveSpdy(socket, ({headers, stream}) => {
    const id = headers.requestid ?? '';
    if (headers.streamtype === 'error') return void errors.set(id, stream.resume());
    const error = errors.get(id);
    errors.delete(id);
    const port = Number(headers.port);
    if (!error || headers.streamtype !== 'data' || !Number.isInteger(port)) return void stream.destroy();
    void forward(kubelets, {namespace, pod, port}, stream, error);
  });
}

/** Never rejects: what went wrong is told to the client on its error stream. */
async function forward(
  kubelets: Kubelets,
  {namespace, pod, port}: {namespace: string; pod: string; port: number},
  stream: Duplex,
  error: Duplex,
): Promise<void> {
  let target: Duplex;
  try {
    target = await kubelets.connect(namespace, pod, port);
  } catch (cause) {
    error.end(`error forwarding port ${port} to pod ${pod}: ${(cause as Error).message}`);
    stream.end();
    return;
  }
  error.end();
  // Either side may go away in the middle, and then there is nobody to tell.
  await Promise.allSettled([pipeline(stream, target), pipeline(target, stream)]);
}
