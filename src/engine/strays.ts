import type {Lab} from '../lab/lab.ts';
import {manifestObjects} from '../lab/manifest-objects.ts';
import {type WatchKind, watchKinds} from '../lab/schema.ts';
import type {Stray} from '../world/baseline.ts';
import {clusterKinds, kindNames} from '../world/object.ts';
import {ownsNodes} from './own-nodes.ts';
import type {Cluster} from './ports.ts';

/** Where things land that were made without the lab's namespace. */
const namespace = 'default';

/** UIDs of what is in `default` under a name of the lab's manifests. Elsewhere than on clusters of our own nobody looks. */
export async function namesakesInDefault(
  cluster: Cluster,
  lab: Lab,
  signal: AbortSignal,
): Promise<{uid: string; stray: Stray}[]> {
  if (!ownsNodes(cluster)) return [];
  const found = await Promise.all(
    kindsIn(lab).map(async ([kind, names]) => {
      const objects = await cluster.api.objects(kind, namespace, signal);
      return objects
        .filter(({metadata}) => names.includes(metadata.name))
        .map(({metadata: {uid, name}}) => ({uid, stray: {kind, namespace, name}}));
    }),
  );
  return found.flat();
}

/** Kinds in the order to delete them: what makes Pods before the Pods, these before what they use. */
function kindsIn(lab: Lab): [WatchKind, string[]][] {
  const made = manifestObjects(lab);
  const rank = (kind: WatchKind) => {
    const place = order.indexOf(kind);
    return place < 0 ? order.length : place;
  };
  return watchKinds
    .filter(kind => !clusterKinds.has(kind))
    .map(kind => [kind, made.filter(one => one.kind === kindNames[kind]).map(({name}) => name)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]): [WatchKind, string[]] => [kind, [...names]])
    .sort(([a], [b]) => rank(a) - rank(b));
}

const order: WatchKind[] = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'replicasets.apps',
  'pods',
  'persistentvolumeclaims',
];
