import {randomUUID} from 'node:crypto';
import {linkSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {isAlive, type Process, thisProcess} from '../alive.ts';

/** Held until released, or until this process is gone, however it ends. */
export interface Lock {
  release(): void;
}

/**
 * Takes the lock that the file stands for, or says which living process has it. The lock of a process
 * that is gone is taken over at once, and by one process only, however many try.
 *
 * Not proper-lockfile: it tells a dead owner by the age of the lock, so that a start right after a
 * `kill -9` would have to wait, and a laptop that was asleep would lose a lock it still needs.
 * @throws the system's error when the directory cannot be written or has no hard links
 */
export function takeLock(file: string): Lock | {heldBy: number} {
  const me: Owner = {...thisProcess(), token: randomUUID()};
  const mine = `${file}.${me.token}`;
  writeFileSync(mine, JSON.stringify(me), {flag: 'wx', mode: 0o600});
  try {
    const heldBy = claim(file, mine);
    return heldBy === undefined ? {release: () => release(file, me)} : {heldBy};
  } finally {
    rmSync(mine, {force: true});
  }
}

interface Owner extends Process {
  token: string;
}

/**
 * Makes `mine` the lock. A hard link appears with its content, all at once, and only where there is no
 * file yet, so that nobody ever sees a lock without its owner.
 *
 * Whoever finds a dead owner needs a second lock, named for that owner's token, before the file may be
 * replaced. Tokens never come back: so while somebody has it, and the file still shows that token,
 * nobody else can change the file, and a process that looked earlier and comes later sees another token.
 * If the one with the second lock dies too, the same rule applies to that one.
 * @returns the pid of the living owner, or undefined when the lock is ours
 */
function claim(file: string, mine: string): number | undefined {
  for (;;) {
    if (linked(mine, file)) return undefined;
    const owner = ownerOf(file);
    if (owner === 'gone') continue;
    if (isAlive(owner)) return owner.pid;
    const takeover = `${file}.${owner.token}.takeover`;
    const ahead = claim(takeover, mine);
    if (ahead !== undefined) return ahead;
    const seen = ownerOf(file);
    const still = seen !== 'gone' && seen.token === owner.token;
    if (still) {
      renameSync(takeover, file);
      return undefined;
    }
    rmSync(takeover);
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** What was not written to its end, as after a power cut, counts as an owner that is gone for good. */
const nobody: Owner = {pid: 0, token: 'unreadable'};

function ownerOf(file: string): Owner | 'gone' {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner> | null;
    const {pid, born, token} = owner ?? {};
    return Number.isInteger(pid) && typeof token === 'string' ? {pid: Number(pid), born, token} : nobody;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
}

function release(file: string, {token}: Owner): void {
  const owner = ownerOf(file);
  if (owner !== 'gone' && owner.token === token) rmSync(file, {force: true});
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
