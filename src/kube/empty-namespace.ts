import {isExpected} from '../errors.ts';
import {hasStatus, type KubeClient} from './client.ts';

/** What makes Pods, before the Pods themselves. */
const makers = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'replicasets.apps',
];

/**
 * Tells all Pods of a namespace that is being deleted to stop, with what would make new ones, and their claims to go
 * with them: what provided the volumes takes its time to clear them away. The namespace controller
 * takes its first look after 5 s, and when it finds Pods then, the next one only after half of their grace period (16 s
 * by default). Where this is not allowed it is left to the controller.
 */
export async function emptyNamespace(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const resource of [...makers, 'pods', 'persistentvolumeclaims'])
      await client.call(
        {verb: 'delete', resource, namespace, body: {propagationPolicy: 'Background'}},
        signal,
      );
  } catch (error) {
    const refused = isExpected(error) && error.code === 'forbidden';
    if (!refused && !hasStatus(error, 404) && !hasStatus(error, 405)) throw error;
  }
}
