import {randomUUID} from 'node:crypto';
import {existsSync, watch} from 'node:fs';
import {mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** What a sandbox is, as it was asked for when it was made. */
export interface SandboxConfig {
  name: string;
  agents: number;
  /** How many times faster than real time what takes time goes. */
  speed: number;
  /** Which provisioner serves the default class. */
  storage: 'local-path' | 'minikube-hostpath';
  /** The port it had last: kept when it is free, so that kubeconfigs stay true. */
  port?: number;
}

/** Where the process that serves a sandbox can be reached. Not there while none does. */
export interface Running {
  pid: number;
  port: number;
}

/** The files of one sandbox, all below its directory. */
export const sandboxFiles = (directory: string) => ({
  config: join(directory, 'config.json'),
  running: join(directory, 'running.json'),
  /** What the process says about itself. */
  log: join(directory, 'log'),
});

/** Whatever state it is in. */
export const isSandbox = (directory: string): boolean => existsSync(sandboxFiles(directory).config);

/** A file that only the sandbox writes does not hold what it wrote. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
  constructor(file: string, cause: unknown) {
    super(`${file} is damaged: ${(cause as Error).message}`, {cause});
  }
}

/** @returns undefined when there is no sandbox in the directory @throws DamagedFile */
export async function readConfig(directory: string): Promise<SandboxConfig | undefined> {
  return readJson<SandboxConfig>(sandboxFiles(directory).config);
}

export async function writeConfig(directory: string, config: SandboxConfig): Promise<void> {
  await mkdir(directory, {recursive: true, mode: 0o700});
  await writeJson(sandboxFiles(directory).config, config);
}

/** Calls back once when the sandbox's directory, or what makes it one, was deleted. */
export function whenRemoved(directory: string, removed: () => void, signal: AbortSignal): void {
  const {config} = sandboxFiles(directory);
  const watcher = watch(config, {signal}, () => {
    if (existsSync(config)) return;
    watcher.close();
    removed();
  });
  // The end of the process is no concern of whoever only wants to know.
  watcher.on('error', removed);
}

/** A damaged note is as good as none: the next process writes it anew. */
export const readRunning = (directory: string) =>
  readJson<Running>(sandboxFiles(directory).running).catch(error => {
    if (!(error instanceof DamagedFile)) throw error;
    return undefined;
  });
export const writeRunning = (directory: string, running: Running) =>
  writeJson(sandboxFiles(directory).running, running);
export const removeRunning = (directory: string) => rm(sandboxFiles(directory).running, {force: true});

/** Undefined when it is not there. @throws DamagedFile */
async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error instanceof SyntaxError ? new DamagedFile(file, error) : error;
  }
}

/** Whole or not at all: a process that dies in the middle leaves the old file. */
async function writeJson(file: string, content: object): Promise<void> {
  const next = `${file}.${randomUUID()}`;
  await writeFile(next, `${JSON.stringify(content, null, 2)}\n`, {mode: 0o600});
  await rename(next, file);
}
