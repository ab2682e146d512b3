import {Writable} from 'node:stream';

export interface AttachableOutput {
  stream: Writable;
  /** From now on `listener` gets what is printed too. @returns ends that */
  attach(listener: Writable): () => void;
}

/** Where a container's main process prints to: its log, and whoever is attached. Nobody attached holds it up. */
export function attachableOutput(log: Writable): AttachableOutput {
  const attached = new Set<Writable>();
  return {
    stream: new Writable({
      write(chunk: Buffer, _encoding, done) {
        for (const listener of attached) if (listener.writable) listener.write(chunk);
        log.write(chunk, () => done());
      },
    }),
    attach(listener) {
      attached.add(listener);
      return () => void attached.delete(listener);
    },
  };
}
