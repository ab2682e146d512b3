import {z} from 'zod';
import {rememberedName} from './names.ts';

export const watchKinds = [
  'pods',
  'services',
  'persistentvolumeclaims',
  'persistentvolumes',
  'configmaps',
  'secrets',
  'events',
  'nodes',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'endpointslices.discovery.k8s.io',
  'storageclasses.storage.k8s.io',
  'poddisruptionbudgets.policy',
] as const;
export const watchKind = z.enum(watchKinds).describe('A kind as `kubectl get` takes it: resource.group.');
export type WatchKind = z.infer<typeof watchKind>;

export const selector = z
  .strictObject({
    kind: watchKind,
    name: z.string().optional().describe('The name of the object.'),
    labels: z.string().optional().describe('An equality label selector, e.g. app=mariadb,tier=db.'),
    is: rememberedName.optional().describe('Only this very object (same UID).'),
    not: rememberedName.optional().describe('Any object but this one (other UID).'),
  })
  .describe('Which objects of the lab (or, for cluster-wide kinds, of the cluster) are meant.');
export type Selector = z.infer<typeof selector>;

const partial = z
  .record(z.string(), z.json())
  .describe(
    'A partial manifest: every field given must be so in the object. Each item of a list must be found among the items of the list there.',
  );
export const expression = z
  .string()
  .describe(
    'CEL. `self` is the object; `objects` all that were selected; remembered objects go by their name.',
  );
export const condition = z.union([partial, expression]);
export type Condition = z.infer<typeof condition>;
