import {createHash} from 'node:crypto';
import {createReadStream, createWriteStream} from 'node:fs';
import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {pipeline} from 'node:stream/promises';
import {extract, pack} from 'tar-stream';
import {ExpectedError, isExpected} from '../errors.ts';
import {type Manifest, manifestName, manifest as manifestSchema, sealName} from './manifest.ts';

/**
 * Writes a bundle: a plain tar, so that any tar takes the package out of it where there is no statelab yet. Its parts are
 * compressed each for itself.
 * @param pathOf where a part lies
 */
export async function writeArchive(
  file: string,
  manifest: Manifest,
  pathOf: (part: string) => string,
  signal: AbortSignal,
): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createWriteStream(file, {flags: 'wx'}), {signal});
  written.catch(() => {}); // it is awaited below, and ends whatever feeds it
  const mtime = new Date(manifest.made);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  try {
    tar.entry({name: manifestName, mtime}, text);
    tar.entry({name: sealName, mtime}, `${sha256(text)}  ${manifestName}\n`);
    for (const {name, size} of manifest.parts)
      await pipeline(createReadStream(pathOf(name)), tar.entry({name, size, mtime}), {signal});
    tar.finalize();
  } catch (error) {
    tar.destroy();
    await written; // says why nothing could be fed any more
    throw error;
  }
  await written;
}

/**
 * Reads a bundle from its beginning to its end.
 * @param part takes the bytes of each, in their order; one that it leaves is passed over
 * @throws ExpectedError `bundle-unreadable`, `bundle-unknown`, `bundle-broken`
 */
export async function readArchive(
  file: string,
  part: (part: Manifest['parts'][number], bytes: Readable, manifest: Manifest) => Promise<void>,
  signal: AbortSignal,
): Promise<Manifest> {
  const tar = extract();
  const fed = pipeline(createReadStream(file), tar, {signal});
  fed.catch(() => {}); // the entries end with its error
  let found: Manifest | undefined;
  let text: string | undefined;
  let next = 0;
  const altered = (name: string) => new ExpectedError('bundle-broken', {file, how: 'altered', part: name});
  try {
    for await (const entry of tar) {
      const {name, type, size} = entry.header;
      if (text === undefined) {
        if (name !== manifestName || type !== 'file' || (size ?? 0) > manifestLimit) throw unknown(file);
        text = (await buffer(entry)).toString('utf8');
      } else if (!found) {
        if (name !== sealName || type !== 'file' || size !== sealSize) throw unknown(file);
        const seal = (await buffer(entry)).toString('utf8');
        if (!seal.startsWith(sha256(text))) throw altered(manifestName);
        found = parsed(text, file);
      } else {
        const expected = found.parts[next];
        if (!expected || name !== expected.name || type !== 'file' || size !== expected.size)
          throw altered(name);
        next += 1;
        await part(expected, Readable.from(entry), found);
        entry.resume();
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    throw isExpected(error) ? error : reading(file, error, text !== undefined);
  } finally {
    tar.destroy();
  }
  if (!found) throw unknown(file);
  if (next < found.parts.length) throw new ExpectedError('bundle-broken', {file, how: 'torn'});
  return found;
}

/** Reads all of a bundle and compares it with what it says of itself. @throws ExpectedError as `readArchive` */
export const verifyArchive = (
  file: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<Manifest> =>
  readArchive(
    file,
    async ({name, sha256: expected, of}, bytes) => {
      progress(`sha256sum ${name} (${of})`);
      const hash = createHash('sha256');
      for await (const chunk of bytes) hash.update(chunk as Buffer);
      if (hash.digest('hex') !== expected)
        throw new ExpectedError('bundle-broken', {file, how: 'altered', part: name});
    },
    signal,
  );

/** Bytes. A manifest has some kilobytes; what is larger is none and is not read into memory. */
const manifestLimit = 1_000_000;
const sealSize = 64 + 2 + manifestName.length + 1;

const unknown = (file: string, cause?: unknown) => new ExpectedError('bundle-unknown', {file}, {cause});

function parsed(text: string, file: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw unknown(file, error); // whole, and of another statelab
  }
}

/** The system's errors (no such file, a stick that was pulled out) are told from those of the tar. */
function reading(file: string, error: unknown, begun: boolean): unknown {
  if (!(error instanceof Error)) return error;
  if ('syscall' in error)
    return new ExpectedError('bundle-unreadable', {file, detail: error.message}, {cause: error});
  return begun
    ? new ExpectedError('bundle-broken', {file, how: 'torn'}, {cause: error})
    : unknown(file, error);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
