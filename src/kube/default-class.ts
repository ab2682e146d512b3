import type {KubeClient} from './client.ts';

/**
 * The StorageClass that a claim gets when it names none. The server fills it in, so it is asked what it would make of a
 * claim, without making it: that works also for those who may not look at StorageClasses.
 */
export async function defaultClassName(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const claim = await client.call(
    {
      verb: 'create',
      resource: 'persistentvolumeclaims',
      namespace,
      query: {dryRun: 'All'},
      body: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {generateName: 'statelab-asks-'},
        spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Mi'}}},
      },
    },
    signal,
  );
  return (claim.spec as {storageClassName?: string} | undefined)?.storageClassName;
}
