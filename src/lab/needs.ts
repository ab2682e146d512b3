import type {bindingModes, Needs, volumeFates} from './schema.ts';

/** What a cluster can do for a lab, as far as labs ask for it with `needs` and `when`. */
export interface Capabilities {
  /** Nodes for Pods. */
  workers: number;
  /** Pods may mount directories of their node. */
  hostPath: boolean;
  /** The directory that all nodes share; undefined where they share none. */
  sharedDirectory?: string;
  /** Nodes can be stopped and started. */
  nodeOperations: boolean;
  /** The default StorageClass; undefined where there is none. */
  defaultClass?: DefaultClass;
}

export interface DefaultClass {
  name: string;
  provisioner: string;
  bindingMode: (typeof bindingModes)[number];
  /**
   * What becomes of a volume of the class when its Pod goes to another node: it holds the Pod where it is (`pinned`),
   * it starts there on an empty directory (`empty`), or it is there with its files (`follows`).
   */
  volumes: (typeof volumeFates)[number];
}

export type Need = keyof Needs;

/** The first need that a cluster does not meet; undefined when it meets all. */
export function unmetNeed(needs: Needs | undefined, cluster: Capabilities): Need | undefined {
  const {
    workers = 1,
    hostPath,
    sharedDirectory,
    nodeOperations,
    defaultClass,
    bindingMode,
    volumes,
  } = needs ?? {};
  const unmet: Record<Need, boolean> = {
    workers: cluster.workers < workers,
    hostPath: hostPath === true && !cluster.hostPath,
    sharedDirectory: sharedDirectory === true && cluster.sharedDirectory === undefined,
    nodeOperations: nodeOperations === true && !cluster.nodeOperations,
    defaultClass:
      (defaultClass ?? bindingMode ?? volumes) !== undefined && cluster.defaultClass === undefined,
    bindingMode: bindingMode !== undefined && cluster.defaultClass?.bindingMode !== bindingMode,
    volumes: volumes !== undefined && cluster.defaultClass?.volumes !== volumes,
  };
  return (Object.keys(unmet) as Need[]).find(need => unmet[need]);
}
