/**
 * Frames of SPDY/3.1, as far as Kubernetes uses it.
 * @see https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/
 */
export type Frame =
  | {type: 'data'; stream: number; fin: boolean; data: Buffer}
  /** `headers` is compressed. */
  | {type: 'open'; stream: number; fin: boolean; headers: Buffer}
  | {type: 'reset'; stream: number}
  | {type: 'ping'; id: number}
  | {type: 'goaway'}
  /** Settings and window updates, of which Kubernetes takes no notice either. */
  | {type: 'other'};

const control = 0x8000_0000;
const version = 3;
const types = {open: 1, reply: 2, reset: 3, ping: 6, goaway: 7};
const finFlag = 1;
const headSize = 8;
/** kubectl sends 32 KiB at a time. More than this, in bytes, is not from a client of Kubernetes. */
const largest = 1 << 20;

/** Takes bytes as they come, and gives the frames that are complete. @throws RangeError for a frame that is too large */
export function frameReader(): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return chunk => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    while (rest.length >= headSize) {
      const length = rest.readUIntBE(5, 3);
      if (length > largest) throw new RangeError(`a SPDY frame of ${length} bytes`);
      if (rest.length < headSize + length) break;
      frames.push(toFrame(rest.subarray(0, headSize), rest.subarray(headSize, headSize + length)));
      rest = rest.subarray(headSize + length);
    }
    return frames;
  };
}

function toFrame(head: Buffer, body: Buffer): Frame {
  const first = head.readUInt32BE(0);
  const fin = ((head[4] ?? 0) & finFlag) !== 0;
  if (first < control) return {type: 'data', stream: first, fin, data: body};
  const type = first & 0xffff;
  if (type === types.goaway) return {type: 'goaway'};
  if (type === types.open && body.length >= 10)
    return {type: 'open', stream: streamOf(body), fin, headers: body.subarray(10)};
  if (type === types.reset && body.length >= 4) return {type: 'reset', stream: streamOf(body)};
  if (type === types.ping && body.length >= 4) return {type: 'ping', id: body.readUInt32BE(0)};
  return {type: 'other'};
}

const streamOf = (body: Buffer) => body.readUInt32BE(0) & 0x7fff_ffff;

export const dataFrame = (stream: number, data: Buffer, fin = false): Buffer =>
  Buffer.concat([headOf(stream, fin, data.length), data]);

/** @param headers compressed */
export const replyFrame = (stream: number, headers: Buffer): Buffer =>
  controlFrame(types.reply, Buffer.concat([uint32(stream), headers]));

export const pingFrame = (id: number): Buffer => controlFrame(types.ping, uint32(id));

/** Ends a stream for good. Its reason: CANCEL. */
export const resetFrame = (stream: number): Buffer =>
  controlFrame(types.reset, Buffer.concat([uint32(stream), uint32(5)]));

const controlFrame = (type: number, body: Buffer): Buffer =>
  Buffer.concat([headOf(control + version * 0x1_0000 + type, false, body.length), body]);

function headOf(first: number, fin: boolean, length: number): Buffer {
  const head = Buffer.alloc(headSize);
  head.writeUInt32BE(first, 0);
  head.writeUInt8(fin ? finFlag : 0, 4);
  head.writeUIntBE(length, 5, 3);
  return head;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
