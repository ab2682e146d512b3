import {createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createZstdCompress} from 'node:zlib';
import type {Part} from './manifest.ts';

/**
 * Puts a part aside: its size and checksum come before it in the archive.
 * @param compress false for what is compressed already
 */
export async function stage(
  folder: string,
  {name, kind, of}: Pick<Part, 'name' | 'kind' | 'of'>,
  source: Readable,
  {compress}: {compress: boolean},
  signal: AbortSignal,
): Promise<Part> {
  const hash = createHash('sha256');
  let size = 0;
  async function* measured(bytes: AsyncIterable<Buffer>) {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  const sink = createWriteStream(join(folder, name), {flags: 'wx'});
  if (compress) await pipeline(source, createZstdCompress(), measured, sink, {signal});
  else await pipeline(source, measured, sink, {signal});
  return {name, kind, of, size, sha256: hash.digest('hex')};
}
