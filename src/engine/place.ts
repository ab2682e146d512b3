import {type DatabaseId, databases} from '../lab/databases.ts';
import {type Lab, namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import type {Capabilities} from '../lab/needs.ts';
import {fillIn, lookUp, placeholdersOf, type Variables} from '../lab/variables.ts';
import type {NodeBaseline} from '../world/baseline.ts';
import type {WatchTarget} from '../world/change.ts';
import {clusterKinds} from '../world/object.ts';
import type {Cluster} from './ports.ts';

/**
 * The nodes that Pods of a lab are put on, by name: those that take any Pod of Linux, and of them those that do not run
 * the control plane, where there are any.
 * @param nodes as they were when the lab began; what is cordoned or stopped in the lab stays a worker of it
 */
export function workersOf(nodes: readonly NodeBaseline[]): string[] {
  const open = nodes.filter(takesPods);
  const agents = open.filter(node => !isControlPlane(node));
  return (agents.length > 0 ? agents : open).map(({name}) => name).sort();
}

const takesPods = ({labels, schedulable, running, taints}: NodeBaseline) =>
  schedulable &&
  running &&
  taints.every(({effect}) => effect === 'PreferNoSchedule') &&
  (labels['kubernetes.io/os'] ?? 'linux') === 'linux';

const isControlPlane = ({labels}: NodeBaseline) =>
  'node-role.kubernetes.io/control-plane' in labels || 'node-role.kubernetes.io/master' in labels;

/** The node that runs the control plane, by name; of several the first. */
export const controlPlaneOf = (nodes: readonly NodeBaseline[]): string | undefined =>
  nodes
    .filter(isControlPlane)
    .map(({name}) => name)
    .sort()[0];

/** The images of a lab by role; that of the database it runs is `db`. */
export const imagesOf = ({images}: Pick<Lab, 'images'>, database?: DatabaseId): Record<string, string> =>
  database ? {...images, db: databases[database].image} : images;

/** What a lab's variables are made of. */
export interface Surroundings {
  /** The nodes for Pods, by name. */
  workers: readonly string[];
  database?: DatabaseId | undefined;
  /** The node that runs the control plane. */
  controlPlane?: string | undefined;
  capabilities?: Pick<Capabilities, 'sharedDirectory' | 'defaultClass'> | undefined;
}

/** What ${names} of a lab stand for in a cluster: nothing of it is a constant in the lab. */
export const variablesOf = (
  lab: Lab,
  {workers, controlPlane, database, capabilities = {}}: Surroundings,
): Variables => ({
  namespace: namespaceOf(lab),
  dataDir: nodeDirectoryOf(lab),
  image: imagesOf(lab, database),
  ...(database ? {db: databases[database]} : {}),
  ...storageVariables(lab, capabilities),
  nodeSelector: nodeSelectorFor(capabilities, controlPlane),
  ...Object.fromEntries(workers.map((worker, index) => [`worker${index + 1}`, worker])),
});

/** Those of the nodes that labs call by name: ${worker1} and ${worker2}. */
export const namedWorkers = (nodes: readonly NodeBaseline[]): string[] => workersOf(nodes).slice(0, 2);

/**
 * Where Pods may go that use volumes of the default class and do not say where they want to run, in YAML: anywhere, but
 * where such a volume is a directory of the control plane's node and does not say so, only there. On another node it would
 * be empty, or, for a subPath, missing.
 */
const nodeSelectorFor = (
  {defaultClass}: NonNullable<Surroundings['capabilities']>,
  controlPlane: string | undefined,
): string =>
  defaultClass?.volumes === 'empty' && controlPlane !== undefined
    ? `{kubernetes.io/hostname: ${controlPlane}}`
    : '{}';

function storageVariables(
  lab: Lab,
  {sharedDirectory, defaultClass}: NonNullable<Surroundings['capabilities']>,
): Variables {
  const {name: storageClass, bindingMode, provisioner} = defaultClass ?? {};
  return {
    ...(sharedDirectory === undefined ? {} : {sharedDir: sharedDirectoryOf(lab, sharedDirectory)}),
    ...(storageClass === undefined ? {} : {storageClass}),
    ...(bindingMode === undefined ? {} : {bindingMode}),
    ...(provisioner === undefined ? {} : {provisioner}),
  };
}

/** The lab's directory within the one that all nodes share. Reset removes it. */
export const sharedDirectoryOf = ({id}: Pick<Lab, 'id'>, sharedMount: string): string =>
  `${sharedMount}/${id}`;

/** The manifests with their variables filled in. One that needs what the cluster does not have, such as a second node, is left out. */
export const manifestsFor = (lab: Lab, variables: Variables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(lab.manifests)
      .filter(([, text]) => placeholdersOf(text).every(name => lookUp(name, variables) !== undefined))
      .map(([name, text]) => [name, fillIn(text, variables)]),
  );

/**
 * What to watch for a lab. On a cluster of statelab's own also `default`, where things land that were made
 * without the lab's namespace; elsewhere other namespaces are not looked into.
 * @param unseen kinds of the whole cluster that may not be looked at
 */
export function watchTargets(
  lab: Lab,
  {guest}: Pick<Cluster, 'guest'>,
  {unseen = []}: Pick<Capabilities, 'unseen'> = {},
): WatchTarget[] {
  const namespaces = guest ? [namespaceOf(lab)] : [namespaceOf(lab), 'default'];
  return lab.watches
    .filter(kind => !unseen.includes(kind))
    .flatMap(kind => (clusterKinds.has(kind) ? [{kind}] : namespaces.map(namespace => ({kind, namespace}))));
}
