import {describe, expect, test} from 'vitest';
import type {Docker} from '../../../../src/cluster/docker/programs.ts';
import {systemImages} from '../../../../src/cluster/k3d/system-images.ts';
import type {ClusterInfo} from '../../../../src/engine/ports.ts';

/** A process that nobody has. */
const noPid = 2 ** 22 + 1;
const name = `statelab-bundle-${process.pid}`;
const oldName = `statelab-bundle-${noPid}`;
const leftover: ClusterInfo = {provider: 'k3d', name: oldName, ours: true, running: true, nodes: []};

interface Here {
  /** What there is before. */
  there?: ClusterInfo;
  create?: () => Promise<never>;
  exec?: () => Promise<never>;
  remove?: () => Promise<never>;
}

/** Asks for the images of `k3s:2`. */
async function asked({there, create, exec, remove}: Here = {}) {
  const done: string[] = [];
  let runs: string | undefined;
  const clusters = {
    list: async () => (there ? [there] : []),
    create: async (made: string, {image}: {image?: string}) => {
      done.push(`create ${made}`);
      await create?.();
      runs = image;
    },
    remove: async (removed: string) => {
      done.push(`remove ${removed}`);
      await remove?.();
    },
  };
  const said = (stdout: string) => ({exitCode: 0, stdout, stderr: '', output: stdout});
  const docker = {
    docker: exec ?? (async () => said(`rancher/coredns:of-${runs?.replace(':', '-')}\nsha256:0123\n`)),
    tryDocker: async () => said('    image: "rancher/busybox:1"\n'),
  } as unknown as Docker;
  const images = await systemImages(clusters, docker, 'k3s:2', () => {}, new AbortController().signal).catch(
    (error: Error) => error.message,
  );
  return {images, done};
}

const ofTheImage = ['docker.io/rancher/busybox:1', 'docker.io/rancher/coredns:of-k3s-2'];

describe('the images that k3s pulls for itself', () => {
  test('are those of a cluster that is made for it, and deleted', async () => {
    expect(await asked()).toEqual({images: ofTheImage, done: [`create ${name}`, `remove ${name}`]});
  });
  test('are asked for when what a killed save has left is gone', async () => {
    expect(await asked({there: leftover})).toEqual({
      images: ofTheImage,
      done: [`remove ${oldName}`, `create ${name}`, `remove ${name}`],
    });
  });
  test.each<[string, Partial<ClusterInfo>]>([
    ['of a save that is under way', {name: `statelab-bundle-${process.ppid}`}],
    ['that the learner has called like that', {name: 'statelab-bundle'}],
    ['that the learner has called like that, with a number', {name: 'statelab-bundle-2x'}],
    ['that is somebody else’s', {ours: false}],
  ])('are not had at the cost of a cluster %s', async (_whose, what) => {
    const {done} = await asked({there: {...leftover, ...what}});
    expect(done).toEqual([`create ${name}`, `remove ${name}`]);
  });
  test('that cannot be had, as the cluster does not become ready: it is deleted', async () => {
    const create = () => Promise.reject(new Error('not ready'));
    expect(await asked({create})).toEqual({
      images: 'not ready',
      done: [`create ${name}`, `remove ${name}`],
    });
  });
  test('that cannot be listed: why is said, also where the cluster cannot be deleted', async () => {
    const exec = () => Promise.reject(new Error('no such container'));
    const remove = () => Promise.reject(new Error('docker is gone'));
    expect(await asked({exec})).toEqual({
      images: 'no such container',
      done: [`create ${name}`, `remove ${name}`],
    });
    expect(await asked({exec, remove})).toMatchObject({images: 'no such container'});
    expect(await asked({remove})).toMatchObject({images: 'docker is gone'});
  });
});
