import {constants, createReadStream} from 'node:fs';
import {access, open, realpath} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import type {Readable} from 'node:stream';
import {ExpectedError} from '../errors.ts';
import type {Environment} from '../kube/program.ts';

/** What a learner's machine needs beside Docker and Node.js. */
export const carriedPrograms = ['kubectl', 'k3d'] as const;
export type CarriedProgram = (typeof carriedPrograms)[number];

export const fileOf = (program: string, platform: string): string =>
  platform === 'win32' ? `${program}.exe` : program;

/**
 * A program as the PATH finds it, to be run elsewhere.
 * @throws ExpectedError `program-missing`; `bundle-program` for a script, which only starts what is on this machine
 */
export async function openProgram(
  program: CarriedProgram,
  platform: string,
  env: Environment,
): Promise<Readable> {
  const file = await find(fileOf(program, platform), env);
  if (file === undefined) throw new ExpectedError('program-missing', {program});
  const handle = await open(file);
  try {
    const {buffer} = await handle.read(Buffer.alloc(2), 0, 2, 0);
    if (buffer.toString('latin1') === '#!') throw new ExpectedError('bundle-program', {program, file});
  } finally {
    await handle.close();
  }
  return createReadStream(file);
}

async function find(file: string, {PATH = ''}: Environment): Promise<string | undefined> {
  for (const folder of PATH.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, file);
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return realpath(candidate);
  }
  return undefined;
}
