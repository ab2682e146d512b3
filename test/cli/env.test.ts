import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {emptyDirectory} from '../helpers/directory.ts';
import type {Learner} from '../helpers/learner.ts';
import {learnerWith} from '../helpers/programs.ts';

/** Where the command lies in this clone, which is on no PATH. */
const bin = fileURLToPath(new URL('../../bin', import.meta.url));

const opened = {
  v: 1,
  at: 0,
  type: 'opened',
  lab: 'hostpath-deployment',
  place: {provider: 'k3d', cluster: 'statelab', identity: 'a', namespaceUid: 'b'},
  baseline: {nodes: []},
};

/** A learner who has begun the lab, and whose files lie where a shell would stumble. */
async function begun(): Promise<{learner: Learner; home: string; directory: string; kubeconfig: string}> {
  const home = join(emptyDirectory(), `it's "my" $HOME, no \`joke\` \\ here`);
  const directory = join(home, 'data', 'labs', 'hostpath-deployment');
  for (const one of [directory, join(home, 'data', 'journals')]) mkdirSync(one, {recursive: true});
  writeFileSync(join(home, 'data', 'journals', 'hostpath-deployment.jsonl'), `${JSON.stringify(opened)}\n`);
  const learner = await learnerWith(
    {docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'},
    {STATELAB_HOME: home, SHELL: '/bin/bash'},
  );
  const kubeconfig = join(home, 'state', 'kubeconfigs', 'kubeconfig', 'k3d-statelab.yaml');
  return {learner, home, directory, kubeconfig};
}

test('sh takes it as it is', async () => {
  const {learner, directory, kubeconfig} = await begun();
  const {stdout, stderr, exitCode} = await learner.run('env');
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
  const script =
    'eval "$1"; printf "%s\\n" "$KUBECONFIG" "$STATELAB_LAB" "$STATELAB_DIR" "$PWD"; cat "$KUBECONFIG"';
  const said = execFileSync('/bin/sh', ['-euc', script, 'sh', stdout], {encoding: 'utf8'});
  expect(said.split('\n').slice(0, 4)).toEqual([kubeconfig, 'hostpath-deployment', directory, directory]);
  expect(said).toContain('server: https://127.0.0.1:9');
});

test('in that terminal the clone’s command is found, and starts with the clone’s Node.js', async () => {
  const {learner} = await begun();
  const {stdout} = await learner.run('env');
  const script = 'eval "$1"; command -v statelab; statelab --version';
  const said = execFileSync('/bin/sh', ['-euc', script, 'sh', stdout], {
    encoding: 'utf8',
    env: {PATH: '/usr/bin:/bin'},
  });
  expect(said).toMatch(new RegExp(`^${bin}/statelab\\n\\d+\\.\\d+\\.\\d+\\n$`));
});

test('fish: only quotes and backslashes are escaped', async () => {
  const {learner, directory, kubeconfig} = await begun();
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const {stdout} = await learner.run('env', '--shell', 'fish');
  expect(stdout.split('\n')).toEqual([
    `set -gx KUBECONFIG ${quoted(kubeconfig)}`,
    "set -gx STATELAB_LAB 'hostpath-deployment'",
    `set -gx STATELAB_DIR ${quoted(directory)}`,
    `set -gx PATH $PATH ${quoted(bin)}`,
    `cd ${quoted(directory)}`,
    '',
  ]);
  expect(quoted(directory)).toContain(`it\\'s "my" $HOME, no \`joke\` \\\\ here`);
});

test('PowerShell: quotes are doubled', async () => {
  const {learner, directory, kubeconfig} = await begun();
  const {stdout} = await learner.run('env', '--shell', 'powershell');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  expect(stdout.split('\n')).toEqual([
    `$env:KUBECONFIG = ${quoted(kubeconfig)}`,
    "$env:STATELAB_LAB = 'hostpath-deployment'",
    `$env:STATELAB_DIR = ${quoted(directory)}`,
    `$env:PATH += [IO.Path]::PathSeparator + ${quoted(bin)}`,
    `Set-Location ${quoted(directory)}`,
    '',
  ]);
});

test('the shell that asks is found out, and --json has no shell at all', async () => {
  const {learner, directory, kubeconfig} = await begun();
  const ofFish = await learnerWith(
    {docker: 'docker-that-runs', k3d: 'k3d-with-a-cluster'},
    {STATELAB_HOME: learner.env.STATELAB_HOME, SHELL: '/usr/bin/fish'},
  );
  expect((await ofFish.run('env')).stdout).toMatch(/^set -gx KUBECONFIG /);
  expect((await learner.run('env', '--json')).lines()).toEqual([
    expect.objectContaining({
      type: 'env',
      variables: {KUBECONFIG: kubeconfig, STATELAB_LAB: 'hostpath-deployment', STATELAB_DIR: directory},
    }),
  ]);
});

test('a shell that is not known is refused', async () => {
  expect(await (await learnerWith()).run('env', '--shell', 'tcsh')).toMatchObject({
    stderr:
      "option '--shell <shell>' argument 'tcsh' is invalid. Allowed choices are sh, fish, powershell.\nstatelab --help shows what there is.\n",
    exitCode: 2,
  });
});
