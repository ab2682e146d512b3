import {expect, test} from 'vitest';
import {createCluster} from '../../../../src/cluster/docker/create.ts';
import type {Maker} from '../../../../src/cluster/docker/maker.ts';
import type {Docker} from '../../../../src/cluster/docker/programs.ts';
import type {ClusterInfo} from '../../../../src/engine/ports.ts';

const signal = new AbortController().signal;
const mark = 'k3d-lab-unfinished';

/** Docker's volumes and their labels, as far as marks need them. */
class Volumes implements Docker {
  readonly env = {};
  readonly labels = new Map<string, Record<string, string>>();

  docker = async (args: readonly string[]) => this.#answer(this.#run(args));
  tryDocker = this.docker;

  #answer(stdout: string | undefined) {
    return {exitCode: stdout === undefined ? 1 : 0, stdout: stdout ?? '', stderr: '', output: ''};
  }

  #run(args: readonly string[]): string | undefined {
    const name = args.at(-1) ?? '';
    const found = this.labels.get(name);
    switch (args[1]) {
      case 'ls':
        return [...this.labels]
          .map(([volume, of]) => [volume, of['statelab.dev/unfinished'], of['statelab.dev/by']].join('\t'))
          .join('\n');
      case 'create':
        if (!found)
          this.labels.set(
            name,
            Object.fromEntries(
              args.filter(one => one.includes('=')).map(one => one.split('=') as [string, string]),
            ),
          );
        return name;
      case 'inspect':
        return found?.['statelab.dev/by'];
      case 'rm':
        return this.labels.delete(name) ? name : undefined;
    }
  }

  /** Another process of this name takes the cluster, as `cluster down` does; it has this in hand then. */
  take(by: string) {
    this.labels.set(mark, {'statelab.dev/unfinished': 'create', 'statelab.dev/by': by});
  }
}

/** Makes a cluster. @param make what becomes of its making */
async function create(make: (docker: Volumes) => void, found?: Partial<ClusterInfo>) {
  const docker = new Volumes();
  const done: string[] = [];
  const maker: Partial<Maker> = {
    id: 'k3d',
    docker,
    failed: (_cluster, _doing, error) => error,
    find: async () =>
      found && {provider: 'k3d', name: 'lab', ours: true, running: false, nodes: [], ...found},
    make: async () => {
      done.push('makes');
      make(docker);
    },
    delete: async () => void done.push('deletes'),
  };
  const ready = async () => void done.push('waits');
  const ended = await createCluster(maker as Maker, 'lab', {agents: 1}, () => {}, ready, signal).then(
    () => 'is there',
    error => error,
  );
  return {ended, done, marks: [...docker.labels].map(([name, of]) => [name, of['statelab.dev/by']])};
}
const broken = new Error('broken');
const fails = () => {
  throw broken;
};

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
  const taken = (docker: Volumes) => docker.take('elsewhere 7');
  const marks = [[mark, 'elsewhere 7']];
  expect(
    await create(docker => {
      taken(docker);
      fails();
    }),
  ).toEqual({ended: broken, done: ['makes'], marks});
  expect(await create(taken)).toEqual({ended: 'is there', done: ['makes', 'waits'], marks});
});
test('what another process has deleted and made anew meanwhile stays', async () => {
  expect(
    await create(docker => {
      docker.labels.clear();
      fails();
    }),
  ).toEqual({ended: broken, done: ['makes'], marks: []});
});
