import type {Readable, Writable} from 'node:stream';
import type {IFileSystem} from 'just-bash';
import {liveStreams} from './live-script.ts';

export interface LiveStreams {
  /** All of standard input, once it has ended. Asked for again, it is empty: it has been read. */
  readAll(): Promise<Buffer>;
  stdout: Writable;
  stderr: Writable;
  /** How the shell's own complaints are put. */
  words(text: string): string;
  /** Commands of the shell's own: they are there for it, though no image has them. */
  commands: ReadonlySet<string>;
  /** Output that a file did not take. @returns what to say of it */
  lost(error: unknown): string;
}

/** The container's files, and three that lead to the streams of a shell's process. */
export function liveFiles(
  files: IFileSystem,
  {readAll, stdout, stderr, words, commands, lost}: LiveStreams,
): IFileSystem {
  const streams = new Map<string, Writable>([
    [liveStreams.stdout, stdout],
    [liveStreams.stderr, stderr],
  ]);
  const character = {isFile: true, isDirectory: false, isSymbolicLink: false, mode: 0o755, size: 0};
  const isStdin = (path: string) => path === liveStreams.stdin || path === '/dev/stdin';
  // Where just-bash takes files for commands of its own.
  const isCommand = (path: string) => path.startsWith('/bin/') && commands.has(path.slice('/bin/'.length));
  const isLive = (path: string) => isStdin(path) || streams.has(path) || isCommand(path);
  const append: IFileSystem['appendFile'] = async (path, content, options) => {
    const stream = streams.get(path);
    if (content.length === 0) return stream ? undefined : files.appendFile(path, content, options);
    // Appending is how the shell writes to the file that output is sent to: an error would end the whole script.
    if (!stream)
      return files
        .appendFile(path, content, options)
        .catch((error: unknown) => written(stderr, Buffer.from(lost(error))));
    const encoding = typeof options === 'string' ? options : options?.encoding;
    const bytes =
      typeof content === 'string' ? Buffer.from(content, encoding ?? 'utf8') : Buffer.from(content);
    await written(stream, stream === stderr ? Buffer.from(words(bytes.toString('utf8'))) : bytes);
  };
  const own: Partial<IFileSystem> = {
    appendFile: append,
    writeFile: (path, content, options) =>
      streams.has(path) ? append(path, content, options) : files.writeFile(path, content, options),
    readFileBuffer: async path => (isStdin(path) ? readAll() : files.readFileBuffer(path)),
    async readFile(path, options) {
      if (!isStdin(path)) return files.readFile(path, options);
      const encoding = typeof options === 'string' ? options : options?.encoding;
      return (await readAll()).toString(encoding ?? 'utf8');
    },
    exists: async path => isLive(path) || files.exists(path),
    stat: async path => (isLive(path) ? {...character, mtime: new Date(0)} : files.stat(path)),
    lstat: async path => (isLive(path) ? {...character, mtime: new Date(0)} : files.lstat(path)),
    resolvePath: (base, path) => files.resolvePath(base, path),
    realpath: async path => (isLive(path) ? path : files.realpath(path)),
  };
  return {...files, ...own};
}

/** Reads a stream to its end, once. */
export function readOnce(stream: Readable): () => Promise<Buffer> {
  let read = false;
  return async () => {
    if (read) return Buffer.alloc(0);
    read = true;
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
}

const written = (stream: Writable, content: Uint8Array): Promise<void> =>
  new Promise(done => {
    // Nobody reads a stream that was closed: what is written to it is lost, as with a terminal that is gone.
    if (stream.destroyed || stream.writableEnded) done();
    else stream.write(content, () => done());
  });
