import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {describe, expect, onTestFinished, test} from 'vitest';
import {reach, type SandboxClient} from '../../../../src/sandbox/life/client.ts';
import {
  DamagedFile,
  readConfig,
  readRunning,
  sandboxFiles,
  writeConfig,
  writeRunning,
} from '../../../../src/sandbox/life/files.ts';
import {LaunchFailed, launch} from '../../../../src/sandbox/life/launch.ts';
import type {NodeCommandStreams} from '../../../../src/sandbox/life/node-command.ts';
import {removeSandbox} from '../../../../src/sandbox/life/remove.ts';
import {serve} from '../../../../src/sandbox/life/serve.ts';
import {temporaryDirectory} from '../temporary-directory.ts';

const forever = new AbortController().signal;
const agent = 'sandbox-life-agent-0';

/** The files of a sandbox that nothing serves yet. */
async function made(port?: number): Promise<string> {
  const directory = join(temporaryDirectory(), 'life');
  const config = {name: 'life', agents: 1, speed: 1, storage: 'local-path' as const};
  await writeConfig(directory, port === undefined ? config : {...config, port});
  return directory;
}

/** Serves it in this very process, until the test is over. @returns what resolves when it has ended */
async function served(directory: string): Promise<{client: SandboxClient; ended: Promise<void>}> {
  const ending = new AbortController();
  const {promise: isReady, resolve: ready} = Promise.withResolvers<void>();
  const report = (error: unknown) => {
    throw error;
  };
  const ended = serve(directory, {ready, shutdown: () => ending.abort(), report}, ending.signal);
  onTestFinished(async () => {
    ending.abort();
    await ended;
  });
  await Promise.race([isReady, ended]);
  const client = await reach(directory, forever);
  if (!client) throw new Error('nobody serves it');
  return {client, ended};
}

async function executed(client: SandboxClient, command: string[], streams: Partial<NodeCommandStreams> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await client.execute(agent, command, {stdout, stderr, ...streams}, forever);
  stdout.end();
  stderr.end();
  return {exitCode, stdout: await text(stdout), stderr: await text(stderr)};
}

describe('a sandbox that is served', () => {
  test('tells of itself', async () => {
    const {client} = await served(await made());
    expect(await client.report(forever)).toEqual({
      name: 'life',
      pid: process.pid,
      speed: 1,
      machines: [
        {name: 'sandbox-life-server-0', role: 'server', running: true},
        {name: agent, role: 'agent', running: true},
      ],
    });
  });
  test('switches a machine off and on', async () => {
    const {client} = await served(await made());
    await client.stopMachine(agent, forever);
    expect((await client.report(forever)).machines[1]).toMatchObject({running: false});
    await expect(executed(client, ['ls'])).rejects.toThrow(`machine ${agent} is switched off`);
    await client.startMachine(agent, forever);
    expect(await executed(client, ['true'])).toMatchObject({exitCode: 0});
  });
  test('refuses what it does not have', async () => {
    const {client} = await served(await made());
    await expect(client.stopMachine('none', forever)).rejects.toThrow('there is no machine none');
    const streams = {stdout: new PassThrough(), stderr: new PassThrough()};
    await expect(client.execute('none', ['ls'], streams, forever)).rejects.toThrow('no machine none');
    await expect(client.execute(agent, [], streams, forever)).rejects.toThrow('a command is wanted');
  });
  test('keeps its port, and notes where it is', async () => {
    const directory = await made();
    await served(directory);
    const running = await readRunning(directory);
    expect(running).toEqual({pid: process.pid, port: expect.any(Number)});
    expect((await readConfig(directory))?.port).toBe(running?.port);
  });
  test('takes another port when somebody has its own', async () => {
    const other = createServer();
    await new Promise<void>(done => other.listen(0, '127.0.0.1', done));
    onTestFinished(() => void other.close());
    const {port} = other.address() as {port: number};
    const directory = await made(port);
    await served(directory);
    expect((await readRunning(directory))?.port).not.toBe(port);
  });
  test('ends when its directory is deleted', async () => {
    const directory = await made();
    const {ended} = await served(directory);
    rmSync(directory, {recursive: true, force: true, maxRetries: 3});
    await ended;
    expect(existsSync(directory)).toBe(false);
  });
  test('is removed with all its files', async () => {
    const directory = await made();
    const {ended} = await served(directory);
    await removeSandbox(directory, forever);
    await ended;
    expect(existsSync(directory)).toBe(false);
  });
});

describe('a program on a node', () => {
  test('has its own streams and exit code', async () => {
    const {client} = await served(await made());
    const stdin = Readable.from([Buffer.from('typed\n')]);
    expect(await executed(client, ['sh', '-c', 'cat; echo wrong >&2; exit 3'], {stdin})).toEqual({
      exitCode: 3,
      stdout: 'typed\n',
      stderr: 'wrong\n',
    });
  });
  test('finds the node’s own files, and keeps what it writes there', async () => {
    const directory = await made();
    const file = join(directory, 'nodes', agent, 'var', 'lib', 'statelab', 'here');
    const {client} = await served(directory);
    mkdirSync(join(file, '..'), {recursive: true});
    writeFileSync(file, 'kept');
    expect(await executed(client, ['cat', '/var/lib/statelab/here'])).toMatchObject({stdout: 'kept'});
  });
  test('that is not there is the answer of a shell', async () => {
    const {client} = await served(await made());
    expect(await executed(client, ['nosuch'])).toEqual({
      exitCode: 127,
      stdout: '',
      stderr: 'exec: "nosuch": executable file not found in $PATH\n',
    });
  });
  test('is used interactively at a terminal', async () => {
    const {client} = await served(await made());
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const terminal = {columns: 100, rows: 30, on: () => {}, off: () => {}};
    const ended = executed(client, ['sh'], {stdin, stdout, terminal});
    let screen = '';
    const prompted = new Promise<void>(resolve => {
      stdout.on('data', chunk => {
        screen += chunk;
        if (screen.endsWith('# ')) resolve();
      });
    });
    await prompted;
    stdin.write('exit 4\r');
    expect(await ended).toMatchObject({exitCode: 4});
  });
  test('dies with the power of its node', async () => {
    const {client} = await served(await made());
    const stdout = new PassThrough();
    const ended = executed(client, ['sh', '-c', 'echo here; sleep 1000'], {stdout});
    await new Promise(resolve => stdout.once('data', resolve));
    await client.stopMachine(agent, forever);
    expect(await ended).toMatchObject({exitCode: 137});
  });
  test('that is given up is no answer', async () => {
    const {client} = await served(await made());
    const stop = new AbortController();
    const stdout = new PassThrough();
    const streams = {stdout, stderr: new PassThrough()};
    const ended = client.execute(agent, ['sh', '-c', 'echo here; sleep 1000'], streams, stop.signal);
    await new Promise(resolve => stdout.once('data', resolve));
    stop.abort(new Error('Ctrl-C'));
    await expect(ended).rejects.toThrow('Ctrl-C');
  });
});

describe('files', () => {
  test('of a sandbox that is not there', async () => {
    const directory = temporaryDirectory();
    expect(await readConfig(directory)).toBeUndefined();
    expect(await reach(directory, forever)).toBeUndefined();
  });
  test('that are damaged are told by name', async () => {
    const directory = await made();
    writeFileSync(sandboxFiles(directory).config, '{"name": "li');
    await expect(readConfig(directory)).rejects.toThrow(DamagedFile);
    await expect(readConfig(directory)).rejects.toThrow(`${sandboxFiles(directory).config} is damaged: `);
  });
  test('a damaged note of where it runs is as good as none', async () => {
    const directory = await made();
    writeFileSync(sandboxFiles(directory).running, '');
    expect(await readRunning(directory)).toBeUndefined();
  });
  test('a note that a killed process left is not believed', async () => {
    const directory = await made();
    const {ended, client} = await served(directory);
    const running = await readRunning(directory);
    await client.shutdown(forever);
    await ended;
    if (running) await writeRunning(directory, running);
    expect(await reach(directory, forever)).toBeUndefined();
  });
  test('a sandbox whose state is damaged cannot be started, and says which file it is', async () => {
    const directory = await made();
    writeFileSync(
      join(directory, 'registry.db'),
      'no database at all, but long enough to be taken for one\n'.repeat(40),
    );
    const launched = launch(directory, forever);
    await expect(launched).rejects.toThrow(LaunchFailed);
    await expect(launched).rejects.toThrow(/registry\.db cannot be used: .*It is damaged: move /);
  });
});
