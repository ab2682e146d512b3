import {afterEach, describe, expect, test} from 'vitest';
import {createCluster} from '../../src/cluster/docker/create.ts';
import type {Maker} from '../../src/cluster/docker/maker.ts';
import {ownerLabel} from '../../src/cluster/docker/owner.ts';
import {dockerPrograms} from '../../src/cluster/docker/programs.ts';
import type {ClusterInfo} from '../../src/engine/ports.ts';
import {because, clusterName, docker, lacking} from '../contract/real-cluster.ts';

const signal = new AbortController().signal;
const cluster = clusterName('mark');
const mark = `k3d-${cluster}-unfinished`;

/** By whom the mark is that is there, if one is. */
const marked = async (): Promise<string[]> =>
  (await docker('volume', 'ls', '--filter', `name=^${mark}$`, '--format', '{{.Label "statelab.dev/by"}}'))
    .split('\n')
    .filter(Boolean);

/** Another process deletes the cluster, as with `cluster down`. */
const takeAway = () => docker('volume', 'rm', mark);

/** And makes one of this name. */
async function take(by: string): Promise<void> {
  await takeAway();
  const labels = [ownerLabel, 'statelab.dev/unfinished=create', `statelab.dev/by=${by}`];
  await docker('volume', 'create', ...labels.flatMap(one => ['--label', one]), mark);
}

/** Makes a cluster. @param make what becomes of its making */
async function create(make: () => unknown, found?: Partial<ClusterInfo>) {
  const done: string[] = [];
  const maker: Partial<Maker> = {
    id: 'k3d',
    docker: dockerPrograms(process.env),
    reasonOf: () => '',
    find: async () =>
      found && {provider: 'k3d', name: cluster, ours: true, running: false, nodes: [], ...found},
    make: async () => {
      done.push('makes');
      await make();
    },
    delete: async () => void done.push('deletes'),
  };
  const ready = async () => void done.push('waits');
  const ended = await createCluster(maker as Maker, cluster, {agents: 1}, () => {}, ready, signal).then(
    () => 'is there',
    error => error,
  );
  return {ended, done, marks: await marked()};
}
const broken = new Error('broken');
const fails = () => {
  throw broken;
};

describe.skipIf(lacking.length > 0)(`the mark of a cluster that is being made${because}`, () => {
  afterEach(async () => {
    if ((await marked()).length > 0) await takeAway();
  });

  test('one that is made is waited for, and no longer marked', async () => {
    expect(await create(() => {})).toEqual({ended: 'is there', done: ['makes', 'waits'], marks: []});
  });
  test('one that runs is only waited for', async () => {
    expect(await create(fails, {running: true})).toEqual({ended: 'is there', done: ['waits'], marks: []});
  });
  test('what was half made is removed, and no longer marked', async () => {
    expect(await create(fails)).toEqual({ended: broken, done: ['makes', 'deletes'], marks: []});
  });

  test('what another process has taken over meanwhile stays, with its mark', async () => {
    const taken = () => take('elsewhere 7');
    const marks = ['elsewhere 7'];
    expect(await create(() => taken().then(fails))).toEqual({ended: broken, done: ['makes'], marks});
    await takeAway();
    expect(await create(taken)).toEqual({ended: 'is there', done: ['makes', 'waits'], marks});
  });
  test('what another process has deleted meanwhile is nobody’s to remove', async () => {
    expect(await create(() => takeAway().then(fails))).toEqual({ended: broken, done: ['makes'], marks: []});
  });
});
