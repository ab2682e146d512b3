import {type DatabaseId, databases} from '../lab/databases.ts';
import {type Lab, namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import {fillIn, lookUp, placeholdersOf, type Variables} from '../lab/variables.ts';
import type {WatchTarget} from '../world/change.ts';
import {clusterKinds, type KubeObject} from '../world/object.ts';
import type {Cluster} from './ports.ts';

/** The nodes that Pods of a lab are put on: those that do not run the control plane, where there are any. */
export function workersOf(nodes: readonly KubeObject[]): string[] {
  const isControlPlane = ({metadata: {labels = {}}}: KubeObject) =>
    'node-role.kubernetes.io/control-plane' in labels || 'node-role.kubernetes.io/master' in labels;
  const agents = nodes.filter(node => !isControlPlane(node));
  return (agents.length > 0 ? agents : nodes).map(({metadata}) => metadata.name).sort();
}

/** The images of a lab by role; that of the database it runs is `db`. */
export const imagesOf = ({images}: Pick<Lab, 'images'>, database?: DatabaseId): Record<string, string> =>
  database ? {...images, db: databases[database].image} : images;

/** What ${names} of a lab stand for in a cluster: nothing of it is a constant in the lab. */
export const variablesOf = (
  lab: Lab,
  {workers, database}: {workers: readonly string[]; database?: DatabaseId | undefined},
): Variables => ({
  namespace: namespaceOf(lab),
  dataDir: nodeDirectoryOf(lab),
  image: imagesOf(lab, database),
  ...(database ? {db: databases[database]} : {}),
  ...Object.fromEntries(workers.map((worker, index) => [`worker${index + 1}`, worker])),
});

/** The manifests with their variables filled in. One that needs a node the cluster does not have is left out. */
export const manifestsFor = (lab: Lab, variables: Variables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(lab.manifests)
      .filter(([, text]) => placeholdersOf(text).every(name => lookUp(name, variables) !== undefined))
      .map(([name, text]) => [name, fillIn(text, variables)]),
  );

/**
 * What to watch for a lab. On a cluster of statelab's own also `default`, where things land that were made
 * without the lab's namespace; elsewhere other namespaces are not looked into.
 */
export function watchTargets(lab: Lab, cluster: Pick<Cluster, 'provider'>): WatchTarget[] {
  const namespaces = cluster.provider === 'context' ? [namespaceOf(lab)] : [namespaceOf(lab), 'default'];
  return lab.watches.flatMap(kind =>
    clusterKinds.has(kind) ? [{kind}] : namespaces.map(namespace => ({kind, namespace})),
  );
}
