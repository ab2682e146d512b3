import {randomBytes} from 'node:crypto';
import type {Writable} from 'node:stream';
import type {IFileSystem} from 'just-bash';
import {processFile} from './process-files.ts';
import type {RunningContainer} from './program.ts';

/** So much of an endless device somebody may read at once, in bytes: programs that want more ask for pieces. */
const endless: Readonly<Record<string, (size: number) => Buffer>> = {
  '/dev/zero': size => Buffer.alloc(size),
  '/dev/urandom': size => randomBytes(size),
  '/dev/random': size => randomBytes(size),
};
const nowhere = '/dev/null';

/** A container's files with those of the kernel: devices, and what /proc tells of processes and mounts. */
export function systemFiles(container: RunningContainer): IFileSystem {
  const {files} = container;
  const isDevice = (path: string) => path === nowhere || Object.hasOwn(endless, path);
  const output = (path: string): Writable | undefined => {
    const [, pid, descriptor] = /^\/proc\/(\d+)\/fd\/([12])$/.exec(path) ?? [];
    const streams = pid === undefined ? undefined : container.processes.output(Number(pid));
    return descriptor === '1' ? streams?.stdout : streams?.stderr;
  };
  const isSystem = async (path: string) =>
    isDevice(path) || output(path) !== undefined || (await processFile(container, path)) !== undefined;
  const read = async (path: string): Promise<Uint8Array> => {
    if (path === nowhere) return Buffer.alloc(0);
    if (Object.hasOwn(endless, path))
      throw Object.assign(new Error(`EFBIG: file too large, '${path}'`), {code: 'EFBIG'});
    const text = await processFile(container, path);
    return text === undefined ? files.readFileBuffer(path) : Buffer.from(text);
  };
  const write =
    (change: IFileSystem['writeFile']): IFileSystem['writeFile'] =>
    async (path, content, options) => {
      const stream = output(path);
      if (stream) stream.write(typeof content === 'string' ? Buffer.from(content) : content);
      else if (!isDevice(path)) await change(path, content, options);
    };
  const character = {isFile: true, isDirectory: false, isSymbolicLink: false, mode: 0o666, size: 0};
  const stat = (real: IFileSystem['stat']) => async (path: string) =>
    (await isSystem(path)) ? {...character, mtime: new Date(0)} : real(path);
  return {
    ...files,
    readFileBuffer: read,
    async readFile(path, options) {
      const encoding = typeof options === 'string' ? options : options?.encoding;
      return Buffer.from(await read(path)).toString(encoding ?? 'utf8');
    },
    writeFile: write(files.writeFile),
    appendFile: write(files.appendFile),
    exists: async path => (await isSystem(path)) || files.exists(path),
    stat: stat(files.stat),
    lstat: stat(files.lstat),
    realpath: async path => ((await isSystem(path)) ? path : files.realpath(path)),
  };
}

/** A piece of a device that never ends; undefined for all other files. */
export const readEndless = (path: string, size: number): Buffer | undefined =>
  Object.hasOwn(endless, path) ? endless[path]?.(size) : undefined;
