import {describe, expect, test} from 'vitest';
import type {Docker} from '../../../../src/cluster/docker/programs.ts';
import {systemImages} from '../../../../src/cluster/k3d/system-images.ts';
import type {ClusterInfo} from '../../../../src/engine/ports.ts';

const name = 'statelab-bundle';
const leftover: ClusterInfo = {provider: 'k3d', name, ours: true, running: true, nodes: []};

interface Here {
  /** What there is before. */
  there?: ClusterInfo;
  exec?: () => Promise<never>;
  remove?: () => Promise<never>;
}

/** Asks for the images of `k3s:2`; a cluster that runs is taken as it is, as k3d's provider does. */
async function asked({there, exec, remove}: Here = {}) {
  const done: string[] = [];
  let runs: string | undefined = there?.running ? 'k3s:1' : undefined;
  const clusters = {
    list: async () => (there ? [there] : []),
    create: async (made: string, {image}: {image?: string}) => {
      done.push(`create ${made}`);
      if (there && !there.ours) throw new Error('taken');
      runs ??= image;
    },
    remove: async (removed: string) => {
      done.push(`remove ${removed}`);
      await remove?.();
      runs = undefined;
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
  test('are not those of a cluster that a killed save has left', async () => {
    expect(await asked({there: leftover})).toEqual({
      images: ofTheImage,
      done: [`remove ${name}`, `create ${name}`, `remove ${name}`],
    });
  });
  test('are not had at the cost of a cluster that is somebody else’s, or that a process is making', async () => {
    expect(await asked({there: {...leftover, ours: false}})).toEqual({
      images: 'taken',
      done: [`create ${name}`],
    });
    const {done} = await asked({
      there: {...leftover, running: false, unfinished: {doing: 'create', by: 4711}},
    });
    expect(done[0]).toBe(`create ${name}`);
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
