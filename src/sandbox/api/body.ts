import type {IncomingMessage} from 'node:http';
import {tooLarge} from './errors.ts';

/** What the real API server takes: 3 MiB. */
const limit = 3 * 1024 * 1024;

/**
 * A request's whole body. What is larger than the limit is refused as soon as that is known, and not kept.
 * @throws StatusError 413
 */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  const {promise, resolve, reject} = Promise.withResolvers<Buffer>();
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      chunks.length = 0;
      reject(tooLarge(limit));
    } else chunks.push(chunk);
  });
  incoming.on('end', () => resolve(Buffer.concat(chunks)));
  incoming.on('error', reject);
  return promise;
}
