import {type ChildProcess, fork, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import {takeLock} from '../../../src/progress/lock.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

const program = fileURLToPath(new URL('../../fixtures/progress/take-locks.ts', import.meta.url));

const newFile = () => join(emptyDirectory(), 'lab.lock');
const taken = {release: expect.any(Function)};

/** The pid of a process that was, and is no more. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;
const deadLock = (file: string, token = 'dead', pid = deadPid()) =>
  writeFileSync(file, JSON.stringify({pid, token}));

async function taker(): Promise<ChildProcess> {
  const child = fork(program);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

async function ask(child: ChildProcess, file: string): Promise<'taken' | number> {
  const answer = once(child, 'message');
  child.send(file);
  return (await answer)[0];
}

test('a lock is held until it is released', () => {
  const file = newFile();
  const lock = takeLock(file);
  expect(lock).toEqual(taken);
  expect(takeLock(file)).toEqual({heldBy: process.pid});
  if ('release' in lock) lock.release();
  expect(readdirSync(join(file, '..'))).toEqual([]);
  expect(takeLock(file)).toEqual(taken);
});

test('releasing does not take away what somebody else took meanwhile', () => {
  const file = newFile();
  const lock = takeLock(file);
  writeFileSync(file, JSON.stringify({pid: process.ppid, token: 'theirs'}));
  if ('release' in lock) lock.release();
  expect(JSON.parse(readFileSync(file, 'utf8')).token).toBe('theirs');
});

test.each<[name: string, owner: object]>([
  ['a process that is gone', {pid: deadPid(), token: 'dead'}],
  ['nobody', {}],
])('the lock of %s is taken over, and nothing is left beside it', (_name, owner) => {
  const file = newFile();
  writeFileSync(file, JSON.stringify(owner));
  expect(takeLock(file)).toEqual(taken);
  expect(readdirSync(join(file, '..'))).toEqual(['lab.lock']);
  expect(takeLock(file)).toEqual({heldBy: process.pid});
});

test.runIf(process.platform === 'linux')(
  'another process with the same pid is not taken for the owner',
  () => {
    const file = newFile();
    writeFileSync(file, JSON.stringify({pid: process.pid, born: '1', token: 'dead'}));
    expect(takeLock(file)).toEqual(taken);
  },
);

test.each(['', '\0\0\0', 'null', '{"pid":'])(
  'a lock that was never written to its end is taken over: %j',
  content => {
    const file = newFile();
    writeFileSync(file, content);
    expect(takeLock(file)).toEqual(taken);
  },
);

test('a process that died while it took over a lock is taken over too', () => {
  const file = newFile();
  deadLock(file, 'first');
  deadLock(`${file}.first.takeover`, 'second');
  deadLock(`${file}.first.takeover.second.takeover`, 'third');
  expect(takeLock(file)).toEqual(taken);
  expect(readdirSync(join(file, '..'))).toEqual(['lab.lock']);
});

test('whoever is taking it over is ahead of those that come later', () => {
  const file = newFile();
  deadLock(file, 'first');
  deadLock(`${file}.first.takeover`, 'alive', process.pid);
  expect(takeLock(file)).toEqual({heldBy: process.pid});
  expect(readdirSync(join(file, '..')).toSorted()).toEqual(['lab.lock', 'lab.lock.first.takeover']);
});

test('the lock of a killed process is free at once', async () => {
  const file = newFile();
  const child = await taker();
  expect(await ask(child, file)).toBe('taken');
  expect(takeLock(file)).toEqual({heldBy: child.pid});
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(takeLock(file)).toEqual(taken);
});

test.runIf(process.platform === 'linux')(
  'a killed process that its parent never waits for counts as gone',
  async () => {
    const file = newFile();
    // The shell starts the holder, says its pid, and becomes a program that never waits for children.
    const holder = `import {takeLock} from ${JSON.stringify(new URL('../../../src/progress/lock.ts', import.meta.url).href)}; takeLock(${JSON.stringify(file)}); process.kill(process.pid, 'SIGKILL')`;
    const shell = spawn(
      'sh',
      ['-c', `"$0" --input-type=module -e "$1" & exec cat`, process.execPath, holder],
      {stdio: ['pipe', 'ignore', 'ignore']},
    );
    onTestFinished(() => void shell.kill('SIGKILL'));
    await expect.poll(() => readState(file), {timeout: 10_000}).toBe('Z');
    expect(takeLock(file)).toEqual(taken);
  },
);

/** The state of the process that holds the lock, as Linux tells it. */
function readState(file: string): string | undefined {
  try {
    const {pid} = JSON.parse(readFileSync(file, 'utf8'));
    return / \(.*\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

test('of processes that take over the same dead lock at once, one wins, every time', async () => {
  const directory = emptyDirectory();
  const children = await Promise.all([taker(), taker(), taker()]);
  const pid = deadPid();
  for (let round = 0; round < 200; round++) {
    const file = join(directory, `${round}.lock`);
    deadLock(file, 'dead', pid);
    const answers = await Promise.all(children.map(child => ask(child, file)));
    const winners = children.filter((_, index) => answers[index] === 'taken').map(child => child.pid);
    expect(winners, `round ${round}: ${answers}`).toHaveLength(1);
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(winners[0]);
  }
  expect(readdirSync(directory)).toHaveLength(200);
});
