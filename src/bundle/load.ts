import {createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {chmod, mkdir, mkdtemp, rename, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createZstdDecompress} from 'node:zlib';
import {checkDocker, dockerPrograms} from '../cluster/docker/programs.ts';
import type {BundleInfo} from '../engine/bundle.ts';
import {ExpectedError, unwritable} from '../errors.ts';
import {readArchive, verifyArchive} from './archive.ts';
import type {BundleOptions} from './bundles.ts';
import {loadImage} from './docker-images.ts';
import {infoOf} from './info.ts';
import type {Manifest, Part} from './manifest.ts';
import {carriedPrograms, fileOf} from './programs.ts';
import {writeSettings} from './settings.ts';

/** Reads all of a bundle, and whether it is for this machine. */
export async function checkBundle(
  {env}: BundleOptions,
  file: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<BundleInfo> {
  const docker = dockerPrograms(env);
  await checkDocker(docker, signal);
  const manifest = await verifyArchive(file, progress, signal);
  const machine = (await docker.docker(['version', '--format', '{{.Server.Arch}}'], {signal})).stdout.trim();
  const {architecture} = manifest;
  if (architecture !== machine)
    throw new ExpectedError('bundle-architecture', {file, bundle: architecture, machine});
  return infoOf(manifest, (await stat(file)).size);
}

/** Brings a checked bundle in. What was brought in before an error stays: to do it again does no harm. */
export async function loadBundle(
  options: BundleOptions,
  file: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const {env, platform, arch, programs, settings} = options;
  const put: string[] = [];
  const {k3sImage, toolsImage, systemImages} = await readArchive(
    file,
    async (part, bytes, manifest: Manifest) => {
      if (part.kind === 'image') {
        progress(`docker load ${part.of}`);
        await loadImage(part.of, bytes, env, signal);
      }
      const program = carriedPrograms.find(name => part.kind === 'program' && name === part.of);
      if (!program || manifest.platform !== platform || manifest.arch !== arch) return;
      await putProgram(part, bytes, {file, folder: programs, name: fileOf(program, platform)}, signal);
      put.push(`${program} ${manifest.versions[program] ?? ''}`.trim());
    },
    signal,
  );
  await writeSettings(settings, {k3sImage, toolsImage, systemImages});
  return put;
}

/** @throws ExpectedError `file-unwritable`; `bundle-broken` when it changed since it was checked */
async function putProgram(
  {name: part, sha256}: Part,
  bytes: Readable,
  {file, folder, name}: {file: string; folder: string; name: string},
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  async function* measured(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  let work: string | undefined;
  try {
    await mkdir(folder, {recursive: true});
    work = await mkdtemp(join(folder, 'bundle-'));
    const beside = join(work, name);
    await pipeline(bytes, measured, createZstdDecompress(), createWriteStream(beside), {signal});
    if (hash.digest('hex') !== sha256) throw new ExpectedError('bundle-broken', {file, how: 'altered', part});
    await chmod(beside, 0o755);
    await rename(beside, join(folder, name));
  } catch (error) {
    signal.throwIfAborted();
    throw unwritable(join(folder, name), error);
  } finally {
    if (work !== undefined) await rm(work, {recursive: true, force: true});
  }
}
