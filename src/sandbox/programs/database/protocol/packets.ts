import type {Duplex} from 'node:stream';

/** MySQL's packets on a stream: three bytes of length, one of sequence, and the content. */
export interface PacketStream {
  /** The next packet's content; undefined when the other side has closed. @throws ProtocolError */
  read(): Promise<Buffer | undefined>;
  write(content: Buffer): void;
  /** The next command, or the answer to one, counts from 0 again. */
  restart(): void;
  /** The most bytes of one packet that are taken. */
  limit: number;
  /** Sends what was written, then closes. */
  end(): void;
  /** Throws away what still comes, so that the other side can get to the end of what it sends. */
  drain(): Promise<void>;
}

/** The other side does not speak MySQL's protocol, or sends more than it may. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

const full = 0xffffff;

export function packetsOn(socket: Duplex): PacketStream {
  const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let sequence = 0;

  /** @returns undefined when the stream ends before there are so many bytes */
  async function take(length: number): Promise<Buffer | undefined> {
    const parts = [held];
    let size = held.length;
    while (size < length) {
      const {value, done} = await chunks.next();
      if (done) return undefined;
      parts.push(value);
      size += value.length;
    }
    const all = parts.length === 1 ? held : Buffer.concat(parts);
    held = all.subarray(length);
    return all.subarray(0, length);
  }

  const stream: PacketStream = {
    limit: 64 * 1024,
    async read() {
      const parts: Buffer[] = [];
      for (let length = full, total = 0; length === full; ) {
        const header = await take(4);
        if (!header) return undefined;
        length = header.readUIntLE(0, 3);
        total += length;
        if (total > stream.limit) throw new ProtocolError('packet too large');
        sequence = (header.readUInt8(3) + 1) & 0xff;
        const content = await take(length);
        if (!content) return undefined;
        parts.push(content);
      }
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    },
    write(content) {
      for (let at = 0; at <= content.length; at += full) {
        const part = content.subarray(at, at + full);
        const header = Buffer.alloc(4);
        header.writeUIntLE(part.length, 0, 3);
        header.writeUInt8(sequence, 3);
        sequence = (sequence + 1) & 0xff;
        socket.write(header);
        socket.write(part);
        if (part.length < full) break;
      }
    },
    restart() {
      sequence = 0;
    },
    end: () => void socket.end(),
    async drain() {
      while (!(await chunks.next()).done);
    },
  };
  return stream;
}

/** Puts a packet's content together. */
export function packetBuilder() {
  const parts: Buffer[] = [];
  const builder = {
    uint(value: number, bytes: 1 | 2 | 3 | 4) {
      const part = Buffer.alloc(bytes);
      part.writeUIntLE(value, 0, bytes);
      return builder.bytes(part);
    },
    bytes(value: Uint8Array) {
      parts.push(Buffer.from(value));
      return builder;
    },
    /** An integer with its length. */
    length(value: number | bigint) {
      const number = BigInt(value);
      if (number < 251n) return builder.uint(Number(number), 1);
      if (number < 0x10000n) return builder.uint(0xfc, 1).uint(Number(number), 2);
      if (number < 0x1000000n) return builder.uint(0xfd, 1).uint(Number(number), 3);
      const part = Buffer.alloc(8);
      part.writeBigUInt64LE(BigInt.asUintN(64, number));
      return builder.uint(0xfe, 1).bytes(part);
    },
    /** Text or bytes after their length. */
    counted(value: string | Uint8Array) {
      const content = typeof value === 'string' ? Buffer.from(value) : value;
      return builder.length(content.length).bytes(content);
    },
    /** Text before a zero byte. */
    terminated(value: string) {
      return builder.bytes(Buffer.from(`${value}\0`));
    },
    text(value: string) {
      return builder.bytes(Buffer.from(value));
    },
    build: () => Buffer.concat(parts),
  };
  return builder;
}

/** Takes a packet's content apart. @throws ProtocolError when it ends too early */
export function packetReader(content: Buffer) {
  let at = 0;
  const take = (length: number) => {
    if (length < 0 || at + length > content.length) throw new ProtocolError('malformed packet');
    at += length;
    return content.subarray(at - length, at);
  };
  const reader = {
    bytes: take,
    skip: (length: number) => void take(length),
    uint: (bytes: 1 | 2 | 3 | 4) => take(bytes).readUIntLE(0, bytes),
    length(): number {
      const first = reader.uint(1);
      if (first < 0xfb) return first;
      if (first === 0xfc) return reader.uint(2);
      if (first === 0xfd) return reader.uint(3);
      return Number(take(8).readBigUInt64LE());
    },
    counted: () => take(reader.length()),
    terminated(): string {
      const end = content.indexOf(0, at);
      if (end < 0) throw new ProtocolError('malformed packet');
      const text = take(end - at).toString();
      at++;
      return text;
    },
    rest: () => take(content.length - at),
    left: () => content.length - at,
    /** The next byte, without passing over it; undefined at the end. */
    peek: () => content[at],
  };
  return reader;
}
