import type {Clock} from '../engine/ports.ts';
import type {KubeClient} from './client.ts';
import {list} from './list.ts';
import {observe} from './observe.ts';

/**
 * What learners make, what makes other things first. An administrator who prepares a namespace puts none of it there;
 * what they do put there (RoleBindings, quotas, Secrets to pull with, ConfigMaps with certificates) is not among it.
 */
const kinds = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'replicasets.apps',
  'pods',
  'persistentvolumeclaims',
  'services',
  'poddisruptionbudgets.policy',
];

/** Is there anything of what learners make in the namespace? */
export async function holdsWork(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<boolean> {
  const lists = await Promise.all(kinds.map(resource => list(client, {resource, namespace}, signal)));
  return lists.some(({objects}) => objects.length > 0);
}

/** Deletes what learners make in a namespace, and waits, watching, until it is gone; the namespace stays. */
export async function clearNamespace(
  client: KubeClient,
  clock: Clock,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (const resource of kinds)
    await client.call({verb: 'delete', resource, namespace, body: {propagationPolicy: 'Background'}}, signal);
  await Promise.all(kinds.map(resource => noneLeft(client, clock, {resource, namespace}, signal)));
}

async function noneLeft(
  client: KubeClient,
  clock: Clock,
  scope: {resource: string; namespace: string},
  signal: AbortSignal,
): Promise<void> {
  const there = new Set<string>();
  for await (const sight of observe(client, clock, scope, signal)) {
    if (sight.type === 'listed') {
      there.clear();
      for (const {metadata} of sight.objects) there.add(metadata.uid);
    }
    if (sight.type === 'put') there.add(sight.object.metadata.uid);
    if (sight.type === 'deleted') there.delete(sight.object.metadata.uid);
    if (sight.type !== 'blind' && there.size === 0) return;
  }
  signal.throwIfAborted();
}
