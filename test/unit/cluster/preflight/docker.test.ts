import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {askDocker} from '../../../../src/cluster/preflight/docker.ts';
import {emptyDirectory} from '../../../helpers/directory.ts';

const signal = new AbortController().signal;

/** A PATH with a docker that says this. */
function dockerThat({
  says = '',
  complains = '',
  exit = 0,
}: {
  says?: string;
  complains?: string;
  exit?: number;
}) {
  const directory = emptyDirectory();
  const lines = [`printf '%s' '${says}'`, `printf '%s\\n' '${complains}' >&2`, `exit ${exit}`];
  writeFileSync(join(directory, 'docker'), `#!/bin/sh\n${lines.join('\n')}\n`, {mode: 0o755});
  return {PATH: directory};
}
const info = {
  ServerVersion: '29.0.0',
  CgroupVersion: '2',
  MemTotal: 8_000_000_000,
  Architecture: 'aarch64',
  DockerRootDir: '/var/lib/docker',
  KernelVersion: '6.10.14-linuxkit',
  Name: 'docker-desktop',
  DriverStatus: [['Backing Filesystem', 'extfs']],
  HttpProxy: '',
};
const told = (more: object = {}) => askDocker(dockerThat({says: JSON.stringify({...info, ...more})}), signal);

test('what it says of itself', async () => {
  expect(await told()).toEqual({
    state: 'up',
    version: '29.0.0',
    cgroup: '2',
    memory: 8_000_000_000,
    architecture: 'aarch64',
    root: '/var/lib/docker',
    containerdStore: false,
    kernel: '6.10.14-linuxkit',
    host: 'docker-desktop',
    proxy: false,
  });
});
test('images in containerd’s store', async () => {
  const DriverStatus = [['driver-type', 'io.containerd.snapshotter.v1']];
  expect(await told({DriverStatus})).toMatchObject({containerdStore: true});
});
test('cgroup version 1, and a proxy of its own', async () => {
  const more = {CgroupVersion: '1', HttpsProxy: 'http.docker.internal:3128'};
  expect(await told(more)).toMatchObject({cgroup: '1', proxy: true});
});

describe('it does not answer', () => {
  const cannot =
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
  const denied = 'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock';
  test.each([
    ['and says so', {complains: cannot, exit: 1}, {state: 'down', detail: cannot}],
    // As some versions have it: half of an answer, and success.
    [
      'and says so in its answer',
      {says: JSON.stringify({ServerErrors: [cannot]})},
      {state: 'down', detail: cannot},
    ],
    ['to this learner', {complains: denied, exit: 1}, {state: 'denied', detail: denied}],
    ['with anything to be read', {says: 'hello'}, {state: 'down'}],
  ])('%s', async (_what, docker, facts) => {
    expect(await askDocker(dockerThat(docker), signal)).toMatchObject(facts);
  });
  test('at all, and ends in its own way when it is told to', async () => {
    const directory = emptyDirectory();
    const lines = ["trap 'exit 1' TERM", 'while :; do /bin/sleep 0.05; done'];
    writeFileSync(join(directory, 'docker'), `#!/bin/sh\n${lines.join('\n')}\n`, {mode: 0o755});
    expect(await askDocker({PATH: directory}, signal, 200)).toEqual({state: 'down', seconds: 0.2});
  });
  test('without a word', async () => {
    expect(await askDocker(dockerThat({exit: 3}), signal)).toEqual({
      state: 'down',
      detail: 'docker ended with exit code 3',
    });
  });
  test('it is not there', async () => {
    expect(await askDocker({PATH: emptyDirectory()}, signal)).toEqual({state: 'missing'});
  });
});
