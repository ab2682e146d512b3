import {expect, test} from 'vitest';
import {fullName} from '../../../../src/cluster/docker/images.ts';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.26', 'docker.io/library/nginx:1.26'],
  ['rancher/k3s:v1.35.4-k3s1', 'docker.io/rancher/k3s:v1.35.4-k3s1'],
  ['ghcr.io/k3d-io/k3d-tools:5.8.3', 'ghcr.io/k3d-io/k3d-tools:5.8.3'],
  ['localhost/mine', 'localhost/mine:latest'],
  ['registry:5000/mine:1', 'registry:5000/mine:1'],
])('%s is %s', (image, full) => expect(fullName(image)).toBe(full));
