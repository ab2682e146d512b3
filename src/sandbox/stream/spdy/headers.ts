import {once} from 'node:events';
import {constants, createDeflate, createInflate, type Deflate, type Inflate} from 'node:zlib';
import dictionaries from 'spdy-transport/lib/spdy-transport/protocol/spdy/dictionary.js';

/** Headers of one connection: each block goes on where the one before has left the compressor. */
export interface HeaderBlocks {
  /** @throws when it is no such block */
  read(block: Buffer): Promise<Record<string, string>>;
  write(headers: Readonly<Record<string, string>>): Promise<Buffer>;
  close(): void;
}

export function headerBlocks(): HeaderBlocks {
  const dictionary = dictionaries['3.1'] ?? Buffer.alloc(0);
  const flush = constants.Z_SYNC_FLUSH;
  const inflate = createInflate({dictionary, flush});
  const deflate = createDeflate({dictionary, flush});
  return {
    read: async block => parse(await through(inflate, block)),
    write: headers => through(deflate, serialize(headers)),
    close() {
      inflate.close();
      deflate.close();
    },
  };
}

/** Only one block at a time. */
async function through(stream: Inflate | Deflate, block: Buffer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const collect = (chunk: Buffer) => chunks.push(chunk);
  const failed = new AbortController();
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  once(stream, 'error', {signal: failed.signal}).then(
    ([error]) => reject(error),
    () => {},
  );
  stream.on('data', collect);
  stream.write(block, error => (error ? reject(error) : resolve()));
  try {
    await promise;
    return Buffer.concat(chunks);
  } finally {
    stream.off('data', collect);
    failed.abort();
  }
}

/** A count, then names and values, each with its length before it. @throws RangeError when one leads out of the block */
function parse(block: Buffer): Record<string, string> {
  let at = 0;
  const number = () => {
    at += 4;
    return block.readUInt32BE(at - 4);
  };
  const text = () => {
    const length = number();
    if (at + length > block.length) throw new RangeError('a SPDY header that is longer than its block');
    at += length;
    return block.toString('utf8', at - length, at);
  };
  const headers: Record<string, string> = Object.create(null);
  for (let left = number(); left > 0; left--) headers[text().toLowerCase()] = text();
  return headers;
}

function serialize(headers: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(headers);
  return Buffer.concat([sized(pairs.length), ...pairs.flat().map(text)]);
}

const text = (value: string) => Buffer.concat([sized(Buffer.byteLength(value)), Buffer.from(value)]);

function sized(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}
