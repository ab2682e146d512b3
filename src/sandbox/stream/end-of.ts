import type {Writable} from 'node:stream';

/** Ends a stream, with a last word or without. Resolves when all that was written is on its way, or nobody takes it. */
export const endOf = (stream: Writable, last = ''): Promise<void> =>
  new Promise(done => {
    if (stream.destroyed || stream.writableEnded) return done();
    stream.once('close', done);
    stream.end(last, () => done());
  });
