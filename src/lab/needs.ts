import type {bindingModes, Needs, volumeFates} from './schema.ts';

/** What a cluster can do for a lab, as far as labs ask for it with `needs` and `when`. */
export interface Capabilities {
  /** Nodes for Pods, as far as they may be looked at. */
  workers: number;
  /** Pods may mount directories of their node. */
  hostPath: boolean;
  /** The directory that all nodes share; undefined where they share none. */
  sharedDirectory?: string;
  /** Nodes can be stopped and started. */
  nodeOperations: boolean;
  /** Nodes may be cordoned, drained, tainted, labelled and deleted. */
  nodeChanges: boolean;
  /** PersistentVolumes may be made by hand. */
  persistentVolumes: boolean;
  /** The default StorageClass; undefined where there is none. */
  defaultClass?: DefaultClass;
  /** The kinds of the whole cluster that may not be looked at; without it, none. */
  unseen?: string[];
  /** Why a need is not met, where the cluster could meet it. */
  withheld?: Withheld;
}

/** `unasked`: the learner has not allowed it with --allow-node-operations; `forbidden`: the cluster's RBAC does not. */
export type Withheld = Partial<Record<Need, 'unasked' | 'forbidden'>>;

export interface DefaultClass {
  name: string;
  /** What follows is not known where StorageClasses may not be looked at. */
  provisioner?: string;
  bindingMode?: (typeof bindingModes)[number];
  /**
   * What becomes of a volume of the class when its Pod goes to another node: it holds the Pod where it is (`pinned`),
   * it starts there on an empty directory (`empty`), or it is there with its files (`follows`).
   */
  volumes?: (typeof volumeFates)[number];
}

export type Need = keyof Needs;

/** The first need that a cluster does not meet; undefined when it meets all. */
export function unmetNeed(needs: Needs | undefined, cluster: Capabilities): Need | undefined {
  const {
    workers = 0,
    hostPath,
    sharedDirectory,
    nodeOperations,
    nodeChanges,
    persistentVolumes,
    defaultClass,
    storageClasses,
    bindingMode,
    volumes,
  } = needs ?? {};
  const unmet: Record<Need, boolean> = {
    nodeOperations: nodeOperations === true && !cluster.nodeOperations,
    nodeChanges: nodeChanges === true && !cluster.nodeChanges,
    persistentVolumes: persistentVolumes === true && !cluster.persistentVolumes,
    workers: cluster.workers < workers,
    hostPath: hostPath === true && !cluster.hostPath,
    sharedDirectory: sharedDirectory === true && cluster.sharedDirectory === undefined,
    storageClasses: storageClasses === true && unseenKind(cluster, 'storageclasses.storage.k8s.io'),
    defaultClass:
      (defaultClass ?? bindingMode ?? volumes) !== undefined && cluster.defaultClass === undefined,
    bindingMode: bindingMode !== undefined && cluster.defaultClass?.bindingMode !== bindingMode,
    volumes: volumes !== undefined && cluster.defaultClass?.volumes !== volumes,
  };
  return (Object.keys(unmet) as Need[]).find(need => unmet[need]);
}

const unseenKind = ({unseen = []}: Capabilities, kind: string) => unseen.includes(kind);
