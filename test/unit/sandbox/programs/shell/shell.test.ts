import {describe, expect, test} from 'vitest';
import type {Program} from '../../../../../src/sandbox/programs/program.ts';
import {shell} from '../../../../../src/sandbox/programs/shell/sh.ts';
import {tool} from '../../../../../src/sandbox/programs/shell/tool.ts';
import {testContainer} from '../container.ts';

const sh = shell((_context, directory) => `${directory} # `);
/** Says what it got, then its arguments. */
const say: Program = async ({argv, stdin, stdout, env}) => {
  let input = '';
  for await (const chunk of stdin) input += String(chunk);
  stdout.write(`${argv.slice(1).join(',')}|${env.GREETING ?? ''}|${input}\n`);
  return argv.length;
};
const programs = {sh, say, ls: tool, cat: tool, grep: tool, tar: tool, echo: tool};
const container = () => testContainer({programs, files: {'/etc/motd': 'hello\n'}, env: {GREETING: 'hi'}});

const runs = async (script: string, input?: string) => {
  const {stdout, stderr, code} = await (await container()).run(['sh', '-c', script], input);
  return {stdout, stderr, code};
};

describe('a script', () => {
  test.each([
    ['echo a; echo b >&2; exit 3', {stdout: 'a\n', stderr: 'b\n', code: 3}],
    ['for i in 1 2 3; do echo $i; done | grep 2', {stdout: '2\n', stderr: '', code: 0}],
    ['x=$(cat /etc/motd); echo "<$x>"', {stdout: '<hello>\n', stderr: '', code: 0}],
    ['echo one > /tmp/f; echo two >> /tmp/f; cat /tmp/f', {stdout: 'one\ntwo\n', stderr: '', code: 0}],
    ['if [ -e /etc/motd ]; then echo there; else echo gone; fi', {stdout: 'there\n', stderr: '', code: 0}],
    ['f() { echo "f $1"; }; f 1 && false || echo else', {stdout: 'f 1\nelse\n', stderr: '', code: 0}],
    ['case abc in a*) echo yes;; *) echo no;; esac', {stdout: 'yes\n', stderr: '', code: 0}],
    ['(cd /tmp; pwd); pwd', {stdout: '/tmp\n/\n', stderr: '', code: 0}],
    ['cat <<EOF\n$GREETING\nEOF', {stdout: 'hi\n', stderr: '', code: 0}],
    ['cat /none', {stdout: '', stderr: "cat: can't open '/none': No such file or directory\n", code: 1}],
    ['cat /none 2>/dev/null || echo fallback', {stdout: 'fallback\n', stderr: '', code: 0}],
    [
      'cat /none > /tmp/all 2>&1; cat /tmp/all',
      {stdout: "cat: can't open '/none': No such file or directory\n", stderr: '', code: 0},
    ],
    ['echo to-err 1>&2', {stdout: '', stderr: 'to-err\n', code: 0}],
    ['set -e; false; echo never', {stdout: '', stderr: '', code: 1}],
  ])('%s', async (script, wanted) => {
    expect(await runs(script)).toEqual(wanted);
  });
  test('gets its parameters', async () => {
    const {run} = await container();
    expect((await run(['sh', '-c', 'echo $# "$2"', 'sh', 'one', "it's two"])).stdout).toBe("2 it's two\n");
    expect((await run(['sh', '-c', 'echo "<$0>" $1', 'me', 'one'])).stdout).toBe('<me> one\n');
  });
  test('reads standard input where a command asks for it', async () => {
    expect((await runs('cat > /tmp/in; grep -c . /tmp/in', 'a\nb\n')).stdout).toBe('2\n');
    expect((await runs('grep b', 'a\nb\n')).stdout).toBe('b\n');
  });
  test('that reads nothing does not wait for standard input', async () => {
    expect((await runs('ls /etc; grep hello /etc/motd')).stdout).toBe('motd\nhello\n');
  });
  test('says each line when it is printed, however long it runs', async () => {
    const {start, clock} = await container();
    const loop = start(['sh', '-c', 'while true; do echo tick; sleep 5; done']);
    await expect.poll(loop.said).toBe('tick\n');
    await clock.advance(5_000);
    await expect.poll(loop.said).toBe('tick\ntick\n');
  });
  test('that does nothing but loop lets others have their turn, and can be killed', async () => {
    const {container: inside, start} = await container();
    start(['sh', '-c', 'sleep 1000']);
    const loops = ['while :; do :; done', 'x=$(until false; do :; done)', 'for ((;;)); do :; done'].map(
      script => start(['sh', '-c', script]),
    );
    await new Promise(setImmediate);
    for (const {pid} of loops) inside.processes.kill(pid, 'SIGKILL');
    for (const {ended} of loops) expect((await ended).code).toBe(137);
  });
  test('can be killed', async () => {
    const {container: inside, start} = await container();
    start(['sh', '-c', 'sleep 1000']);
    const second = start(['sh', '-c', 'sleep 1000']);
    inside.processes.kill(second.pid, 'SIGKILL');
    expect(await second.ended).toEqual({code: 137, signal: 'SIGKILL'});
  });
});

describe('a program of the image', () => {
  test('runs with the arguments, variables and input of the shell', async () => {
    expect(await runs('X=1 GREETING=there say "a b" c', 'in')).toEqual({
      stdout: 'a b,c|there|in\n',
      stderr: '',
      code: 3,
    });
  });
  test('in a pipe, a variable or a file', async () => {
    expect((await runs('echo in | say 1')).stdout).toBe('1|hi|in\n\n');
    expect((await runs('x=$(say 2 </dev/null); echo "[$x]"')).stdout).toBe('[2|hi|]\n');
    expect((await runs('say 3 </dev/null > /tmp/x; cat /tmp/x')).stdout).toBe('3|hi|\n');
    expect((await runs('exec say 4', '')).stdout).toBe('4|hi|\n');
  });
  test('that is not there', async () => {
    expect(await runs('nope')).toMatchObject({code: 127, stdout: ''});
  });
});

describe('a command without a shell', () => {
  test('gets its arguments as they are', async () => {
    const {run} = await container();
    expect((await run(['echo', '$HOME', "it's", '*'])).stdout).toBe("$HOME it's *\n");
    expect((await run(['/bin/ls', '/etc'])).stdout).toBe('motd\n');
    expect((await run(['cat'], 'typed\n')).stdout).toBe('typed\n');
  });
});

describe('a shell that reads its commands', () => {
  test('keeps what a line sets', async () => {
    const {run} = await container();
    const script = 'cd /tmp\nX=3\nf() { echo "f $X"; }\nif true\nthen f; pwd\nfi\nexit 5\necho never\n';
    expect(await run(['sh'], script)).toEqual({stdout: 'f 3\n/tmp\n', stderr: '', code: 5});
  });
  test('at a terminal gives a command what is typed until Ctrl-D, however fast', async () => {
    const {start} = await container();
    const {stdin, said, ended} = start(['sh'], true);
    await expect.poll(said).toContain('/ # ');
    stdin.write('cat > /tmp/typed\r');
    await expect.poll(said).toContain('typed\r\n');
    stdin.write('abc\r\x04');
    await expect.poll(() => said().split('/ # ').length).toBe(3);
    stdin.write('cat /tmp/typed; exit 6\r');
    expect((await ended).code).toBe(6);
    expect(said()).toMatch(/\nabc\n/);
  });
  test('at a terminal shows a prompt, echoes, and survives Ctrl-C', async () => {
    const {start} = await container();
    const {stdin, said, ended} = start(['sh'], true);
    await expect.poll(said).toContain('/ # ');
    stdin.write('cd /tmp\r');
    await expect.poll(said).toContain('/tmp # ');
    stdin.write('sleep 100\r');
    await expect.poll(said).toContain('sleep 100');
    await new Promise(setImmediate);
    stdin.write('\x03');
    await expect.poll(said).toMatch(/\^C[\s\S]*\/tmp # /);
    stdin.write('echo alive\r');
    await expect.poll(said).toMatch(/\nalive\n/);
    stdin.write('\x04');
    expect((await ended).code).toBe(0);
  });
});
