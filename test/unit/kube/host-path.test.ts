import {expect, test} from 'vitest';
import {ApiError, type KubeClient} from '../../../src/kube/client.ts';
import {admitsHostPath} from '../../../src/kube/host-path.ts';

const namespace = 'statelab-hostpath-deployment';
const answered = (message?: string) => {
  const call = async () => {
    if (message !== undefined) throw new ApiError(403, 'Forbidden', message);
  };
  return admitsHostPath({call} as unknown as KubeClient, namespace, new AbortController().signal);
};

test('a Pod that is admitted may mount a directory of its node', async () => {
  expect(await answered()).toBe(true);
});

// As Kubernetes 1.35 refuses.
test.each([
  'pods "statelab-asks-x" is forbidden: violates PodSecurity "baseline:latest": hostPath volumes (volume "node")',
  'pods "statelab-asks-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false, restricted volume types (volume "node" uses restricted volume type "hostPath")',
])('not where the directory is what is refused: %s', async message => {
  expect(await answered(message)).toBe(false);
});

test('a refusal for another reason is none of the directory, though the namespace is called after one', async () => {
  const why = `pods is forbidden: User "jo" cannot create resource "pods" in API group "" in the namespace "${namespace}"`;
  expect(await answered(why)).toBe(true);
});
