import {describe, expect, test} from 'vitest';
import {createCluster} from '../../../../src/cluster/docker/create.ts';
import type {Maker} from '../../../../src/cluster/docker/maker.ts';
import type {Docker} from '../../../../src/cluster/docker/programs.ts';
import type {ClusterInfo} from '../../../../src/engine/ports.ts';
import {type Ended, ProgramFailed, ProgramSilent} from '../../../../src/kube/program.ts';

// What Docker itself does with marks is tried in test/e2e/marks.test.ts.

const said = (stdout: string, exitCode = 0): Ended => ({exitCode, stdout, stderr: '', output: stdout});
const broken = new ProgramFailed('k3d', ['cluster', 'create'], said('no such image', 1));
const silent = new ProgramSilent('docker', ['volume'], said('', 128), 60);

interface Here {
  found?: Partial<ClusterInfo>;
  make?: () => Promise<void>;
  ready?: () => Promise<void>;
  /** Docker does not answer any more, once the cluster has been begun. */
  hangs?: boolean;
}

async function created({found, make, ready, hangs}: Here) {
  const done: string[] = [];
  let mark = '';
  let begun = false;
  const answer = async (args: readonly string[]): Promise<Ended> => {
    if (hangs && begun) throw silent;
    const [, verb] = args;
    if (verb === 'create') mark = args.find(arg => arg.startsWith('statelab.dev/by='))?.slice(16) ?? '';
    if (verb === 'rm') mark = '';
    return verb === 'inspect' ? said(mark, mark === '' ? 1 : 0) : said('');
  };
  const maker: Partial<Maker> = {
    id: 'k3d',
    docker: {docker: answer, tryDocker: answer, env: {}} satisfies Docker,
    reasonOf: ({stdout}) => stdout,
    find: async () => found && {provider: 'k3d', name: 'c', ours: true, running: false, nodes: [], ...found},
    make: async () => {
      begun = true;
      await make?.();
    },
    delete: async () => void done.push('deletes'),
  };
  const {signal} = new AbortController();
  const waits = async () => ready?.();
  const ended = await createCluster(maker as Maker, 'c', {agents: 1}, () => {}, waits, signal).then(
    () => 'is there',
    error => error,
  );
  return {ended, done, marked: mark !== ''};
}
const failing = (error: Error) => () => Promise.reject(error);
const told = (doing: string, detail: unknown) =>
  expect.objectContaining({code: 'cluster-failed', facts: {cluster: 'c', doing, detail}});

describe('making a cluster', () => {
  test('that fails: why is told, and nothing is left', async () => {
    expect(await created({make: failing(broken)})).toEqual({
      ended: told('create', 'no such image'),
      done: ['deletes'],
      marked: false,
    });
  });
  test('that fails while Docker falls silent: why is told, and what is left is left with its mark', async () => {
    expect(await created({make: failing(broken), hangs: true})).toEqual({
      ended: told('create', 'no such image'),
      done: [],
      marked: true,
    });
  });
  test('that ends while Docker falls silent is told in its words', async () => {
    const {ended, marked} = await created({hangs: true});
    expect({ended, marked}).toEqual({
      ended: told('create', 'docker has not answered within 60 s'),
      marked: true,
    });
  });
  test('that runs already, but not its programs yet, is told in their words', async () => {
    const dial = new ProgramFailed('docker', ['exec'], said('ctr: failed to dial containerd.sock', 1));
    const {ended} = await created({found: {running: true}, ready: failing(dial)});
    expect(ended).toEqual(told('start', 'ctr: failed to dial containerd.sock'));
  });
  test('that takes longer than it may is told as what it is', async () => {
    const {reason} = AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    expect((await created({make: failing(reason)})).ended).toEqual(told('create', 'too late'));
  });
});
