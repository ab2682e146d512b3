import {readFileSync} from 'node:fs';

/** A process, told from a later one that has the same pid. */
export interface Process {
  pid: number;
  /** Set on Linux: when it began. */
  born?: string | undefined;
}

export const thisProcess = (): Process => ({pid: process.pid, born: bornAt(process.pid)});

/** Where /proc tells nothing, a process that answers signals counts as the one that is meant. */
export function isAlive({pid, born}: Process): boolean {
  const now = bornAt(pid);
  if (born !== undefined && now !== undefined) return now === born;
  return pid > 0 && answersSignals(pid);
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // EPERM: it lives, and is another user's
  }
}

/**
 * When a process began, in ticks since boot; 'ended' for one that nobody has waited for yet (a zombie
 * still answers signals). Undefined where there is no /proc.
 */
function bornAt(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything; see proc_pid_stat(5).
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? 'ended' : fields[18];
  } catch {
    return undefined;
  }
}
