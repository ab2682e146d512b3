import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Learner} from '../helpers/learner.ts';
import {type Installed, learnerWith} from '../helpers/programs.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const journals = ({home}: Learner) => join(home, 'statelab', 'data', 'journals');
const journal = (learner: Learner) => join(journals(learner), 'hostpath-deployment.jsonl');
const line = (entry: object) => `${JSON.stringify({v: 1, at: 0, ...entry})}\n`;
const hinted = line({type: 'hinted', step: 'start', hint: 1});

/** A learner whose progress is this text. */
async function learnerAt(text: string, installed: Installed = {}): Promise<Learner> {
  const learner = await learnerWith(installed);
  mkdirSync(journals(learner), {recursive: true});
  writeFileSync(journal(learner), text);
  return learner;
}

describe.each(['status', 'hint hostpath-deployment', 'run hostpath-deployment'])('%s', command => {
  const args = command.split(' ');

  test('leaves a journal alone that a newer statelab has written', async () => {
    const text = `${hinted}{"v":2,"at":0,"type":"levitated"}\n`;
    const learner = await learnerAt(text);
    expect(await learner.run(...args)).toMatchObject({
      stderr: `Your progress in ${journal(learner)} was written by a newer statelab (version 2; this one knows 1).\nUpdate statelab. The file was left as it is.\n`,
      stdout: '',
      exitCode: 1,
    });
    expect(readFileSync(journal(learner), 'utf8')).toBe(text);
  });

  test('names the line that cannot be read', async () => {
    const text = `${hinted}!!!\n${hinted}`;
    const learner = await learnerAt(text);
    expect(await learner.run(...args)).toMatchObject({
      stderr: `Line 2 of your progress in ${journal(learner)} cannot be read.\nMend the line, or move the file away to begin anew. It was left as it is.\n`,
      stdout: '',
      exitCode: 1,
    });
    expect(readFileSync(journal(learner), 'utf8')).toBe(text);
  });
});

test('one that cannot be read keeps no cluster from being listed or deleted', async () => {
  const learner = await learnerAt('!!!\n', {docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'});
  expect(await learner.run('cluster', 'list')).toMatchObject({
    stdout: expect.stringMatching(/^statelab +k3d/),
    stderr: '',
    exitCode: 0,
  });
  const {stderr} = await learner.run('cluster', 'down');
  expect(stderr).toMatch(/^There is no terminal to ask: Delete the cluster "statelab"/);
});

test('a torn last line is as good as none, and cut off by whoever writes next', async () => {
  const learner = await learnerAt(`${hinted}${hinted.slice(0, -9)}`);
  const {stdout, stderr, exitCode} = await learner.run('status');
  expect(stdout).toMatch(/^Lab: .*\(hostpath-deployment\)\n/);
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
  expect(await learner.run('hint')).toMatchObject({exitCode: 0});
  const lines = readFileSync(journal(learner), 'utf8').split('\n');
  expect(lines[0]).toBe(hinted.trim());
  expect(lines.slice(1)).toEqual([expect.stringContaining('"hinted"'), '']);
});

test('run --json with a broken journal ends in the line of the end', async () => {
  const learner = await learnerAt(`!!!\n${hinted}`);
  const {stderr, lines} = await learner.run('run', '--json');
  expect(lines()).toMatchObject([
    {type: 'lab-chosen', lab: 'hostpath-deployment', because: 'begun'},
    {type: 'error', code: 'journal-broken', exit: 1},
    {type: 'end', exit: 1},
  ]);
  expect(stderr).toBe('');
});

test.each(['run', 'hint hostpath-deployment', 'status'])(
  '%s where STATELAB_HOME cannot be written',
  async command => {
    const {home, env} = await learnerWith();
    writeFileSync(join(home, 'file'), '');
    const learner = await learnerWith({}, {...env, STATELAB_HOME: join(home, 'file', 'statelab')});
    const {stderr, stdout, exitCode} = await learner.run(...command.split(' '));
    expect(stderr).toMatch(
      /^Your progress cannot be written to \S+\/file\/statelab\/data\/journals\S*: ENOTDIR: .*\nMake room \(or set STATELAB_HOME to another disk\)/,
    );
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 1});
  },
);

test('a disk that fills up is said, and the journal keeps whole lines', async () => {
  const before = hinted.repeat(Math.floor(2048 / hinted.length));
  const learner = await learnerAt(before);
  const limited = `ulimit -f ${2048 / blockSize()} && exec "$0" "$@"`;
  const ended = spawnSync('/bin/sh', ['-c', limited, process.execPath, cli, 'hint', 'hostpath-deployment'], {
    env: learner.env,
    encoding: 'utf8',
  });
  expect(ended.stderr).toMatch(/^Your progress cannot be written to \S+\.jsonl: EFBIG.*\nMake room /);
  expect(ended.status).toBe(1);
  expect(readFileSync(journal(learner), 'utf8')).toBe(before);
  expect(readdirSync(journals(learner))).toEqual(['hostpath-deployment.jsonl']);
});

/** POSIX has sh count in 512 bytes, bash counts in 1024. */
function blockSize(): number {
  const raised = execFileSync('/bin/sh', ['-c', 'ulimit -f 4; cat /proc/self/limits'], {encoding: 'utf8'});
  return Number(/Max file size +(\d+)/.exec(raised)?.[1]) / 4;
}

describe('a lab that runs in another terminal', () => {
  const installed = {
    kubectl: 'kubectl-that-tells-its-version',
    docker: 'docker-that-runs',
    k3d: 'k3d-that-creates-forever',
  } as const;

  test('is not run a second time, but can be looked at', async () => {
    const learner = await learnerWith(installed);
    const first = learner.start('run', '--json');
    await first.untilLine(({type}) => type === 'progress');
    const said = `The lab hostpath-deployment is running in another terminal already (process ${first.pid}).`;
    expect(await learner.run('run', 'hostpath-deployment')).toMatchObject({
      stderr: `${said}\nGo on there, or end it first.\n`,
      stdout: '',
      exitCode: 1,
    });
    expect(await learner.run('reset', 'hostpath-deployment', '--yes')).toMatchObject({
      stderr: `${said}\nGo on there, or end it first.\n`,
      exitCode: 1,
    });
    expect(await learner.run('status', 'hostpath-deployment')).toMatchObject({stderr: '', exitCode: 0});
    expect(await learner.run('hint', 'hostpath-deployment')).toMatchObject({stderr: '', exitCode: 0});
    first.kill('SIGTERM');
    expect((await first.ended).exitCode).toBe(130);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    '%s ends it with 130 and frees the lab',
    async signal => {
      const learner = await learnerWith(installed);
      const running = learner.start('run', '--json');
      await running.untilLine(line => line.type === 'progress' && line.state === 'line');
      expect(readdirSync(journals(learner))).toContain('hostpath-deployment.lock');
      running.kill(signal);
      const {exitCode, stderr, lines} = await running.ended;
      expect(lines().slice(-2)).toMatchObject([
        {type: 'error', code: 'interrupted', exit: 130},
        {type: 'end', exit: 130},
      ]);
      expect({exitCode, stderr}).toEqual({exitCode: 130, stderr: ''});
      expect(readdirSync(journals(learner))).toEqual(['hostpath-deployment.jsonl']);
    },
  );

  test('that was killed can be taken up at once', async () => {
    const learner = await learnerWith(installed);
    const running = learner.start('run', '--json');
    const said = await running.untilLine(line => line.type === 'progress' && line.state === 'line');
    // Nobody is left then who would end its k3d.
    onTestFinished(() => void process.kill(Number(/by process (\d+)/.exec(JSON.stringify(said))?.[1])));
    running.kill('SIGKILL');
    await running.ended;
    const next = learner.start('run', '--json');
    await next.untilLine(line => line.type === 'progress' && line.state === 'line');
    next.kill('SIGTERM');
    expect((await next.ended).exitCode).toBe(130);
  });
});
