import type {Capabilities, DefaultClass, Withheld} from '../lab/needs.ts';
import {clusterKinds, type KubeObject} from '../world/object.ts';
import {ifAllowed} from './if-allowed.ts';
import type {Access, Cluster} from './ports.ts';

export type {Capabilities, DefaultClass} from '../lab/needs.ts';

type Asked = Pick<Cluster, 'api' | 'nodeOperations' | 'sharedMount' | 'guest'>;

/**
 * Finds out what a cluster can do for a lab.
 * @param namespace the lab's, which must be there
 * @param workers the nodes for Pods
 */
export async function capabilitiesOf(
  cluster: Asked,
  namespace: string,
  workers: readonly string[],
  signal: AbortSignal,
): Promise<Capabilities> {
  return capabilitiesIn(cluster, namespace, await clusterCapabilities(cluster, workers, signal), signal);
}

/**
 * What can be found out before there is a namespace. What only a namespace tells (does it admit hostPath, which class
 * do claims in it get) is taken to be as labs need it.
 */
export async function clusterCapabilities(
  cluster: Asked,
  workers: readonly string[],
  signal: AbortSignal,
): Promise<Capabilities> {
  const {api, guest, nodeOperations, sharedMount} = cluster;
  const [classes, {may, withheld, unseen}] = await Promise.all([
    ifAllowed(api.storageClasses(signal)),
    guest ? rightsOfGuest(cluster, guest.consented, signal) : ownRights,
  ]);
  const standard = classes ? defaultClassOf(classes) : {name: ''};
  return {
    workers: workers.length,
    hostPath: true,
    nodeOperations: nodeOperations && may.nodeChanges,
    ...may,
    ...(sharedMount === undefined ? {} : {sharedDirectory: sharedMount}),
    ...(standard ? {defaultClass: standard} : {}),
    ...(unseen.length > 0 ? {unseen} : {}),
    ...(Object.keys(withheld).length > 0 ? {withheld} : {}),
  };
}

/** The same, with what the lab's namespace says. */
export async function capabilitiesIn(
  {api}: Pick<Asked, 'api'>,
  namespace: string,
  {defaultClass, ...known}: Capabilities,
  signal: AbortSignal,
): Promise<Capabilities> {
  const [hostPath, name] = await Promise.all([
    api.admitsHostPath(namespace, signal),
    defaultClass?.name === '' ? api.defaultClassName(namespace, signal) : defaultClass?.name,
  ]);
  return {
    ...known,
    hostPath,
    ...(name === undefined ? {} : {defaultClass: {...defaultClass, name}}),
  };
}

interface Rights {
  may: Pick<Capabilities, 'nodeChanges' | 'persistentVolumes'>;
  withheld: Withheld;
  unseen: string[];
}

const ownRights: Rights = {
  may: {nodeChanges: true, persistentVolumes: true},
  withheld: {},
  unseen: [],
};

/** What it takes to cordon, taint and label a node, to drain it of everybody's Pods, and to delete it. */
const nodeChanges: Access[] = [
  {verb: 'patch', resource: 'nodes'},
  {verb: 'delete', resource: 'nodes'},
  {verb: 'list', resource: 'pods'},
  {verb: 'create', resource: 'pods', subresource: 'eviction'},
];
const volumeChanges: Access[] = ['create', 'patch', 'delete'].map(verb => ({
  verb,
  resource: 'persistentvolumes',
}));

/** On a cluster that others use too: what RBAC allows, and of that only what the learner has allowed. */
async function rightsOfGuest(
  {api, nodeOperations}: Asked,
  consented: boolean,
  signal: AbortSignal,
): Promise<Rights> {
  const mayAll = async (asked: Access[]) =>
    (await Promise.all(asked.map(access => api.may(access, signal)))).every(Boolean);
  const kinds = [...clusterKinds];
  const [nodes, volumes, ...seen] = await Promise.all([
    mayAll(nodeChanges),
    mayAll(volumeChanges),
    ...kinds.map(resource => mayAll(['list', 'watch'].map(verb => ({verb, resource})))),
  ]);
  const unseen = kinds.filter((_kind, index) => !seen[index]);
  const why = (allowed: boolean) => (allowed ? 'unasked' : 'forbidden');
  return {
    may: {nodeChanges: consented && nodes, persistentVolumes: consented && volumes},
    withheld: {
      ...(consented && nodes ? {} : {nodeChanges: why(nodes)}),
      ...(consented && volumes ? {} : {persistentVolumes: why(volumes)}),
      // Where its machines cannot be reached, neither a word of the learner nor a right would help.
      ...((consented && nodes) || !nodeOperations ? {} : {nodeOperations: why(nodes)}),
      ...(unseen.includes('nodes') ? {workers: 'forbidden' as const} : {}),
      ...(unseen.includes('storageclasses.storage.k8s.io')
        ? {
            storageClasses: 'forbidden' as const,
            bindingMode: 'forbidden' as const,
            volumes: 'forbidden' as const,
          }
        : {}),
    },
    unseen,
  };
}

/** Of several default classes Kubernetes takes the newest, and of those that are as new the first by name. */
export const defaultClasses = (classes: readonly KubeObject[]): KubeObject[] =>
  classes.filter(isDefault).sort(newestFirst);

function defaultClassOf(classes: readonly KubeObject[]): DefaultClass | undefined {
  const [found] = defaultClasses(classes);
  if (!found) return undefined;
  const {provisioner, volumeBindingMode = 'Immediate'} = found as KubeObject & {
    provisioner: string;
    volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  };
  return {
    name: found.metadata.name,
    provisioner,
    bindingMode: volumeBindingMode,
    volumes: fates[provisioner] ?? 'follows',
  };
}

const isDefault = ({metadata: {annotations = {}}}: KubeObject): boolean =>
  annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
  annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true';

const newestFirst = ({metadata: a}: KubeObject, {metadata: b}: KubeObject): number =>
  (b.creationTimestamp ?? '').localeCompare(a.creationTimestamp ?? '') || (a.name < b.name ? -1 : 1);

/** Provisioners whose volumes are directories of one node. Those of all others are taken to be reached over the network. */
const fates: Record<string, NonNullable<DefaultClass['volumes']>> = {
  'rancher.io/local-path': 'pinned',
  'hostpath.csi.k8s.io': 'pinned',
  'k8s.io/minikube-hostpath': 'empty',
};
