import {connect} from 'node:net';
import type {LookAnswer} from '../engine/ports.ts';

/** How long the server behind a port has to say something first; most wait to be spoken to. In milliseconds. */
const greetingTime = 1_000;
/** No server greets with more than this. */
const greetingLength = 4_096;

/**
 * Connects to a port of this machine, as a learner's own program would, and reads what comes first.
 * @returns ok when it is open; else the text is why it is not, such as ECONNREFUSED when nobody listens
 */
export function lookAtPort(port: number, signal: AbortSignal): Promise<LookAnswer> {
  const object = `127.0.0.1:${port}`;
  const enough = AbortSignal.timeout(greetingTime);
  return new Promise((resolve, reject) => {
    let open = false;
    let heard = Buffer.alloc(0);
    const socket = connect({host: '127.0.0.1', port, signal: AbortSignal.any([signal, enough])});
    const told = () => {
      socket.destroy();
      resolve({object, ok: true, text: printable(heard)});
    };
    socket.on('connect', () => {
      open = true;
    });
    socket.on('data', chunk => {
      heard = Buffer.concat([heard, chunk]);
      if (heard.length >= greetingLength) told();
    });
    socket.on('end', told);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason);
      else if (open) told();
      else resolve({object, ok: false, text: enough.aborted ? 'ETIMEDOUT' : (error.code ?? error.message)});
    });
  });
}

/** A greeting may hold bytes that are no text; a database tells its version between such. */
const printable = (bytes: Buffer) =>
  bytes
    .toString('latin1')
    .replace(/[^\x20-\x7e\n]+/g, ' ')
    .trim();
