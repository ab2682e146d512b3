import {posix} from 'node:path';
import {PassThrough, Readable, type Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGunzip, createGzip} from 'node:zlib';
import type {ProcessContext, Program} from '../program.ts';
import {userlandOf} from '../shell/wording.ts';

interface TarCall {
  mode: 'create' | 'extract' | 'list';
  /** `-` for standard input or output. */
  file: string;
  directory: string;
  gzip: boolean;
  verbose: boolean;
  paths: readonly string[];
}

/** `tar` as far as people and `kubectl cp` use it: c, x and t, with f, C, z and v; other letters make no difference here. */
export const tar: Program = async context => {
  const call = parseCall(context);
  if (typeof call === 'string') {
    context.stderr.write(`tar: ${call}\n`);
    return 1;
  }
  try {
    return call.mode === 'create' ? await create(context, call) : await unpack(context, call);
  } catch (error) {
    context.stderr.write(`tar: ${said(error)}\n`);
    return 1;
  }
};

/** The first argument may do without its dash. */
function parseCall({argv, workingDirectory}: ProcessContext): TarCall | string {
  const [first = '', ...rest] = argv.slice(1);
  const args = first.startsWith('-') ? [first, ...rest] : [`-${first}`, ...rest];
  const call: Partial<TarCall> = {};
  const paths: string[] = [];
  let directory = workingDirectory;
  let gzip = false;
  let verbose = false;
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg.startsWith('--directory='))
      directory = posix.resolve(directory, arg.slice('--directory='.length));
    if (arg.startsWith('--')) continue;
    if (!arg.startsWith('-') || arg === '-') {
      paths.push(arg);
      continue;
    }
    for (const letter of arg.slice(1)) {
      if (letter === 'c') call.mode = 'create';
      else if (letter === 'x') call.mode = 'extract';
      else if (letter === 't') call.mode = 'list';
      else if (letter === 'z') gzip = true;
      else if (letter === 'v') verbose = true;
      else if (letter === 'f') call.file = args.shift() ?? '-';
      else if (letter === 'C') directory = posix.resolve(directory, args.shift() ?? '.');
    }
  }
  if (!call.mode) return 'need at least one option: c, x or t';
  if (call.mode === 'create' && paths.length === 0) return 'empty archive';
  return {mode: call.mode, file: call.file ?? '-', directory, gzip, verbose, paths};
}

async function create(context: ProcessContext, call: TarCall): Promise<number> {
  const {container, stderr} = context;
  const {pack: newPack} = await import('tar-stream');
  const pack = newPack();
  const busybox = (await userlandOf(container.files)) === 'busybox';
  const removing = busybox
    ? "removing leading '/' from member names"
    : "Removing leading `/' from member names";
  const late = busybox
    ? 'error exit delayed from previous errors'
    : 'Exiting with failure status due to previous errors';
  const {sink, finish} = await openSink(context, call);
  const written = call.gzip ? pipeline(pack, createGzip(), sink) : pipeline(pack, sink);
  let failed = false;
  let told = false;
  const add = async (path: string, name: string): Promise<void> => {
    const found = await container.files.lstat(path);
    if (name.startsWith('/') && !told) stderr.write(`tar: ${removing}\n`);
    told ||= name.startsWith('/');
    const header = {name: name.replace(/^\/+/, '') || './', mode: found.mode, mtime: found.mtime};
    if (call.verbose) stderr.write(`${header.name}\n`);
    if (found.isSymbolicLink) {
      pack.entry({...header, type: 'symlink', linkname: await container.files.readlink(path)});
    } else if (found.isDirectory) {
      pack.entry({...header, name: `${header.name.replace(/\/$/, '')}/`, type: 'directory'});
      for (const child of await container.files.readdir(path))
        await add(posix.join(path, child), posix.join(name, child));
    } else {
      pack.entry(header, Buffer.from(await container.files.readFileBuffer(path)));
    }
  };
  for (const path of call.paths) {
    try {
      await add(posix.resolve(call.directory, path), path);
    } catch (error) {
      failed = true;
      stderr.write(`tar: ${path}: ${busybox ? '' : 'Cannot stat: '}${said(error)}\n`);
    }
  }
  // kubectl cp reads no further than the archive's end: what there is to say has to be out before.
  if (failed) await new Promise(done => stderr.write(`tar: ${late}\n`, done));
  pack.finalize();
  await written;
  await finish();
  return failed ? 1 : 0;
}

/** Standard output stays open for others; a file is written when it is whole. */
async function openSink({container, stdout}: ProcessContext, {file, directory}: TarCall) {
  const sink = new PassThrough();
  if (file === '-') {
    const copied = pipeline(sink, stdout, {end: false});
    return {sink: sink as Writable, finish: () => copied};
  }
  const chunks: Buffer[] = [];
  sink.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finish = () => container.files.writeFile(posix.resolve(directory, file), Buffer.concat(chunks));
  return {sink: sink as Writable, finish};
}

async function unpack(context: ProcessContext, call: TarCall): Promise<number> {
  const {container, stdin, stdout} = context;
  const {extract} = await import('tar-stream');
  const entries = extract();
  const archive =
    call.file === '-'
      ? stdin
      : Readable.from([
          Buffer.from(
            await container.files.readFileBuffer(posix.resolve(context.workingDirectory, call.file)),
          ),
        ]);
  const read = call.gzip ? pipeline(archive, createGunzip(), entries) : pipeline(archive, entries);
  read.catch(() => {}); // the loop below meets the same error
  for await (const entry of entries) {
    const {name, type = 'file', mode, mtime, linkname} = entry.header;
    const wanted = call.paths.length === 0 || call.paths.some(path => isWithin(name, path));
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (!wanted) continue;
    if (call.mode === 'list' || call.verbose) stdout.write(`${name}\n`);
    if (call.mode === 'list') continue;
    // An archive cannot lead out of the directory that it is unpacked in.
    const path = posix.join(call.directory, posix.join('/', name));
    if (type === 'directory') await container.files.mkdir(path, {recursive: true});
    else {
      await container.files.mkdir(posix.dirname(path), {recursive: true});
      if (type === 'symlink') await container.files.symlink(linkname ?? '', path);
      else await container.files.writeFile(path, Buffer.concat(chunks));
    }
    if (type === 'symlink') continue;
    if (mode !== undefined) await container.files.chmod(path, mode);
    if (mtime) await container.files.utimes(path, mtime, mtime);
  }
  await read;
  return 0;
}

const isWithin = (name: string, path: string) => {
  const [clean, wanted] = [name, path].map(one => one.replace(/^\.?\/|\/$/g, ''));
  return clean === wanted || clean?.startsWith(`${wanted}/`);
};

/** ENOENT: no such file or directory, lstat '/x' → No such file or directory */
function said(error: unknown): string {
  const {message} = error as Error;
  const [, words = message] = /^[A-Z]+: (.*?)(?:, \w+)? '.*'$/.exec(message) ?? [];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
