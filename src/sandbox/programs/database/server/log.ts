import type {Writable} from 'node:stream';
import type {SandboxClock} from '../../../clock.ts';

/** Writes one line of a server's error log. */
export type Log<Level extends string> = (level: Level, message: string) => void;

/** 2026-11-21 14:24:30, in UTC as in a container. */
export const dateTime = (milliseconds: number) =>
  new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');

/** MariaDB's form: time stamp, thread id, level. */
export const mariadbLog =
  (stderr: Writable, clock: SandboxClock): Log<'Note' | 'Warning' | 'ERROR'> =>
  (level, message) =>
    void stderr.write(`${dateTime(clock.now())} 0 [${level}] ${message}\n`);

/**
 * MySQL's form: time stamp in microseconds, thread id, level, code, subsystem.
 * The message begins with the last three and the thread, e.g. `1 MY-012574 InnoDB Unable to lock`.
 */
export const mysqlLog =
  (stderr: Writable, clock: SandboxClock): Log<'System' | 'Warning' | 'ERROR'> =>
  (level, message) => {
    const [, thread, code, subsystem, text] = /^(\d+) (\S+) (\S+) (.*)$/s.exec(message) ?? [];
    const stamp = new Date(clock.now()).toISOString().replace('Z', '000Z');
    stderr.write(`${stamp} ${thread} [${level}] [${code}] [${subsystem}] ${text}\n`);
  };

/** Writes one line of what the entrypoint tells. */
export type EntrypointLog = Log<'Note' | 'ERROR'>;

/** The entrypoint script's form. */
export const entrypointLog =
  (stderr: Writable, clock: SandboxClock): EntrypointLog =>
  (level, message) =>
    void stderr.write(`${dateTime(clock.now())}+00:00 [${level}] [Entrypoint]: ${message}\n`);
