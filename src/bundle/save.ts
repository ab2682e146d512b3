import {rename, stat} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import type {Readable} from 'node:stream';
import {fullName, pull} from '../cluster/docker/images.ts';
import {checkDocker, dockerPrograms} from '../cluster/docker/programs.ts';
import {k3dProvider, pinnedImage} from '../cluster/k3d/index.ts';
import {systemImages} from '../cluster/k3d/system-images.ts';
import type {BundleInfo, Bundles} from '../engine/bundle.ts';
import {ExpectedError, isExpected} from '../errors.ts';
import {kubectlVersion} from '../kube/kubectl.ts';
import {mustRun} from '../kube/program.ts';
import {writeArchive} from './archive.ts';
import type {BundleOptions} from './bundles.ts';
import {saveImage} from './docker-images.ts';
import {infoOf} from './info.ts';
import type {Manifest, Part} from './manifest.ts';
import {ownVersion, packageFile, packageStream} from './package.ts';
import {carriedPrograms, openProgram} from './programs.ts';
import {stage} from './stage.ts';
import {withStaging} from './staging.ts';

/**
 * Is there a file of that name already?
 * @throws ExpectedError `bundle-folder`
 */
export async function bundleExists(file: string): Promise<boolean> {
  const found = await stat(file).catch(nothingThere);
  if (found?.isDirectory()) throw new ExpectedError('bundle-folder', {folder: file});
  return found !== undefined;
}

/** What cannot be looked at cannot be written either, and writing says it better. */
const nothingThere = () => undefined;

/** Writes a bundle. Until its end there is nothing of that name. */
export async function saveBundle(
  options: BundleOptions,
  file: string,
  {database, labImages, k3sImage: asked}: Parameters<Bundles['save']>[1],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<BundleInfo> {
  const {env, platform, arch, clock} = options;
  const version = await ownVersion();
  const docker = dockerPrograms(env);
  const target = resolve(file);
  // What can be found missing at once is, before anything takes minutes.
  for (const program of carriedPrograms) (await openProgram(program, platform, env)).destroy();
  await checkDocker(docker, signal);
  const versions = {kubectl: await kubectlVersion(env, signal), k3d: await k3dVersion(options, signal)};
  const architecture = await docker.docker(['version', '--format', '{{.Server.Arch}}'], {signal});
  const k3sImage = asked ?? (env.STATELAB_K3S_IMAGE || pinnedImage);
  const toolsImage = env.K3D_IMAGE_TOOLS ?? `ghcr.io/k3d-io/k3d-tools:${versions.k3d.replace(/^v/, '')}`;
  try {
    return await withStaging(target, async folder => {
      for (const image of [k3sImage, toolsImage, ...labImages]) await pull(docker, image, progress, signal);
      const parts: Part[] = [];
      const add = async (part: Pick<Part, 'name' | 'kind' | 'of'>, bytes: Readable) => {
        const compress = part.kind !== 'package';
        parts.push(await stage(folder, part, bytes, {compress}, signal));
      };
      const name = packageFile(version);
      progress(`npm pack ${name}`);
      await add({name, kind: 'package', of: `statelab ${version}`}, packageStream(signal));
      for (const of of carriedPrograms) {
        progress(`${of} ${versions[of]}`);
        await add({name: `${of}.zst`, kind: 'program', of}, await openProgram(of, platform, env));
      }
      const system = await systemImages(k3dProvider(options), docker, k3sImage, progress, signal);
      for (const image of system) await pull(docker, image, progress, signal);
      for (const of of distinct([k3sImage, toolsImage, ...labImages, ...system])) {
        progress(`docker save ${of}`);
        const name = `image-${parts.length - carriedPrograms.length}.tar.zst`;
        await saveImage(of, env, bytes => add({name, kind: 'image', of}, bytes), signal);
      }
      const manifest: Manifest = {
        ...({format: 'statelab-bundle', v: 1} as const),
        ...{statelab: version, made: new Date(clock.now()).toISOString()},
        ...{architecture: architecture.stdout.trim(), platform, arch},
        ...{database, k3sImage, toolsImage, systemImages: system, versions, parts},
      };
      progress(`tar -cf ${file}`);
      const whole = join(folder, 'bundle.tar');
      await writeArchive(whole, manifest, part => join(folder, part), signal);
      await rename(whole, target);
      return infoOf(manifest, (await stat(target)).size);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (isExpected(error) || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new ExpectedError(
      'bundle-unwritten',
      {file, folder: dirname(target), detail: error.message},
      {cause: error},
    );
  }
}

/** The same image under a short and a long name is one. */
const distinct = (images: readonly string[]): string[] =>
  [...new Map([...images].reverse().map(image => [fullName(image), image])).values()].reverse();

async function k3dVersion({env}: BundleOptions, signal: AbortSignal): Promise<string> {
  const {stdout} = await mustRun('k3d', ['version'], {env, signal, timeout: 20_000});
  return /k3d version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}
