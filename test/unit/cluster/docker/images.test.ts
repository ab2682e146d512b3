import {expect, test} from 'vitest';
import {fullName, lacking} from '../../../../src/cluster/docker/images.ts';
import type {Docker} from '../../../../src/cluster/docker/programs.ts';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.26', 'docker.io/library/nginx:1.26'],
  ['rancher/k3s:v1.35.4-k3s1', 'docker.io/rancher/k3s:v1.35.4-k3s1'],
  ['ghcr.io/k3d-io/k3d-tools:5.8.3', 'ghcr.io/k3d-io/k3d-tools:5.8.3'],
  ['localhost/mine', 'localhost/mine:latest'],
  ['registry:5000/mine:1', 'registry:5000/mine:1'],
])('%s is %s', (image, full) => expect(fullName(image)).toBe(full));

test('no image is lacking where none is wanted, also on a node that does not answer yet', async () => {
  const docker = () => Promise.reject(new Error('no containerd'));
  const nodes = {docker} as unknown as Docker;
  expect(await lacking(nodes, ['k3d-c-server-0'], [], new AbortController().signal)).toEqual([]);
});
