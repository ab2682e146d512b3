import type {Command, IFileSystem} from 'just-bash';
import {controlCommands} from './control-script.ts';
import {errnoWords} from './errno-words.ts';
import type {Userland} from './wording.ts';

/** Files that output is sent to: just-bash takes one that cannot be written for the end of the script. */
export interface Redirections {
  commands: readonly Command[];
  /** Notes that output was lost: the command failed, whatever it says. */
  lost(error: unknown): string;
}

export function createRedirections(userland: Userland, shell: string): Redirections {
  let failed = false;
  const open: Command = {
    name: controlCommands.open,
    async execute([target = ''], {fs, cwd}) {
      try {
        await fs.appendFile((fs as IFileSystem).resolvePath(cwd, target), '');
        return {stdout: '', stderr: '', exitCode: 0};
      } catch (error) {
        return {stdout: '', stderr: `${cannotCreate(userland, shell, target, error)}\n`, exitCode: 1};
      }
    },
  };
  const written: Command = {
    name: controlCommands.written,
    async execute([status]) {
      const exitCode = failed ? 1 : Number(status);
      failed = false;
      return {stdout: '', stderr: '', exitCode};
    },
  };
  return {
    commands: [open, written],
    lost(error) {
      failed = true;
      return `${shell}: write error: ${errnoWords(error)}\n`;
    },
  };
}

function cannotCreate(userland: Userland, shell: string, target: string, error: unknown): string {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  if (shell === 'bash') return `bash: line 1: ${target}: ${errnoWords(error)}`;
  if (userland === 'busybox')
    return `${shell}: can't create ${target}: ${missing ? 'nonexistent directory' : errnoWords(error)}`;
  return `${shell}: 1: cannot create ${target}: ${missing ? 'Directory nonexistent' : errnoWords(error)}`;
}
