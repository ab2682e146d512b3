import {Transform} from 'node:stream';

/**
 * What a terminal does with a program's output: a line feed also brings the cursor back to the left. The client's own
 * terminal is in raw mode and leaves that to this end.
 */
export const withCarriageReturns = (chunk: Buffer): Buffer =>
  chunk.includes('\n') ? Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') : chunk;

export const terminalOutput = (): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, withCarriageReturns(chunk)),
  });
