import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Program, RunningContainer} from '../../program.ts';
import {dateTime} from './log.ts';

/** Data directories of containers without a volume for them, by path: they end with the container. */
const unmounted = new WeakMap<RunningContainer['files'], Map<string, string>>();

/** The real directory behind a data directory: on a mounted volume, or else a temporary one. */
export async function realDirectory(container: RunningContainer, path: string): Promise<string> {
  const mounted = await container.hostPath(path);
  if (mounted !== undefined) return mounted;
  const places = unmounted.get(container.files) ?? new Map<string, string>();
  unmounted.set(container.files, places);
  const place = places.get(path) ?? (await mkdtemp(join(tmpdir(), 'database-')));
  places.set(path, place);
  return place;
}

/** A program that says in its log what is wrong with its files, and takes data without a volume along at its end. */
export const withFiles =
  (program: Program): Program =>
  async context => {
    try {
      return await program(context);
    } catch (error) {
      if (!(error instanceof Error && 'errno' in error && 'syscall' in error)) throw error;
      const {clock, stderr} = context;
      stderr.write(
        `${dateTime(clock.now())} 0 [ERROR] InnoDB: Operating system error number ${Math.abs(Number(error.errno))} ` +
          'in a file operation.\n',
      );
      stderr.write(`${dateTime(clock.now())} 0 [ERROR] Aborting\n`);
      return 1;
    } finally {
      if (context.pid === 1) await discard(context.container);
    }
  };

async function discard({files}: RunningContainer) {
  for (const place of unmounted.get(files)?.values() ?? []) await rm(place, {recursive: true, force: true});
  unmounted.delete(files);
}
