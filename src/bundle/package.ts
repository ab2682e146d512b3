import {existsSync} from 'node:fs';
import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {createGzip} from 'node:zlib';
import {type Pack, pack} from 'tar-stream';
import {closureOf} from './closure.ts';

/** Where this very statelab is installed. */
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What of the root is the package; the rest, where it is a checkout, is for those who work on it. */
const own = ['dist', 'labs', 'manifests', 'README.md', 'README.ja.md', 'LICENSE', 'CHANGELOG.md'];

/** What of a dependency is read by people and compilers, and by no program: a third of all. */
const forPeople = /\.(map|md|[cm]?ts)$/;

/**
 * This statelab as npm installs it without a registry: with all it depends on.
 * @returns a gzipped tar
 */
export function packageStream(signal: AbortSignal): Readable {
  const tar = pack();
  const zip = createGzip();
  const filled = fill(tar, signal).then(
    () => tar.finalize(),
    error => tar.destroy(error as Error),
  );
  void Promise.allSettled([filled, pipeline(tar, zip, {signal})]).then(([, piped]) => {
    if (piped.status === 'rejected') zip.destroy(piped.reason as Error);
  });
  return Readable.from(zip);
}

async function fill(tar: Pack, signal: AbortSignal): Promise<void> {
  if (!existsSync(join(root, 'dist', 'cli.js')))
    throw new Error('dist/cli.js is missing: npm run build comes before');
  for (const {folder, path} of closureOf(root)) {
    const files =
      path === ''
        ? await filesOf(root, own)
        : (await filesOf(folder, await topLevel(folder))).filter(file => !forPeople.test(file));
    for (const file of files) {
      signal.throwIfAborted();
      const name = ['package', path, file].filter(Boolean).join('/');
      const from = join(path === '' ? root : folder, file);
      await add(tar, name, await readFile(from), (await stat(from)).mode);
    }
  }
  await add(tar, 'package/package.json', Buffer.from(await ownPackageJson()), 0o644);
}

const topLevel = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter(name => name !== 'node_modules');

/** Files alone: links lead to where the package is now. */
async function filesOf(folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of [...names].sort()) {
    const about = await stat(join(folder, name)).catch(() => undefined);
    if (about?.isFile()) found.push(name);
    if (!about?.isDirectory()) continue;
    for (const entry of await readdir(join(folder, name), {recursive: true, withFileTypes: true}))
      if (entry.isFile())
        found.push(join(entry.parentPath, entry.name).slice(folder.length + (folder.endsWith('/') ? 0 : 1)));
  }
  return found.map(file => file.replaceAll('\\', '/'));
}

const add = (tar: Pack, name: string, content: Buffer, mode: number): Promise<void> =>
  new Promise((resolve, reject) => {
    // The same time for all, so that the same package has the same checksum.
    const sink = tar.entry({name, mode: mode & 0o755, mtime: new Date(0)}, content, error =>
      error ? reject(error) : resolve(),
    );
    sink?.on('error', reject); // where the disk is full
  });

/** The version of this very statelab. */
export const ownVersion = async (): Promise<string> =>
  (JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {version: string}).version;

/** npm takes what is bundled from the package itself. */
async function ownPackageJson(): Promise<string> {
  const {scripts, devDependencies, ...kept} = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as {scripts?: object; devDependencies?: object; dependencies: Record<string, string>};
  return JSON.stringify({...kept, bundleDependencies: Object.keys(kept.dependencies)}, null, 2);
}

/** The name that npm would give to the package. */
export const packageFile = (version: string): string => `statelab-${version}.tgz`;
