import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createZstdDecompress} from 'node:zlib';
import {execa} from 'execa';
import {ExpectedError} from '../errors.ts';
import {type Environment, lastLine} from '../kube/program.ts';

/** Takes an image out of Docker. @throws ExpectedError `image-missing` with what Docker says */
export async function saveImage<T>(
  image: string,
  env: Environment,
  take: (bytes: Readable) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const saving = execa('docker', ['save', image], {
    ...{env, extendEnv: false, cancelSignal: signal, reject: false},
    ...{stdin: 'ignore', buffer: {stdout: false}},
  });
  try {
    const taken = await take(saving.stdout);
    const {exitCode, stderr} = await saving;
    if (exitCode !== 0) throw new ExpectedError('image-missing', {image, detail: lastLine(stderr)});
    return taken;
  } finally {
    saving.kill();
    await saving;
  }
}

/** Brings a compressed image into Docker. @throws ExpectedError `bundle-unloaded` with what Docker says */
export async function loadImage(
  image: string,
  bytes: Readable,
  env: Environment,
  signal: AbortSignal,
): Promise<void> {
  const loading = execa('docker', ['load', '--quiet'], {
    ...{env, extendEnv: false, cancelSignal: signal, reject: false},
    ...{stdin: 'pipe', stdout: 'ignore'},
  });
  const fed = await pipeline(bytes, createZstdDecompress(), loading.stdin, {signal}).then(
    () => undefined,
    error => error as Error,
  );
  const {exitCode, stderr} = await loading;
  signal.throwIfAborted();
  if (exitCode !== 0 || fed)
    throw new ExpectedError(
      'bundle-unloaded',
      {image, detail: lastLine(stderr) || (fed?.message ?? '')},
      {cause: fed},
    );
}
