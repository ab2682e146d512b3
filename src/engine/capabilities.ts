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
  bindingMode: 'Immediate' | 'WaitForFirstConsumer';
  /**
   * What becomes of a volume of the class when its Pod goes to another node: it holds the Pod where it is (`pinned`),
   * it starts there on an empty directory (`empty`), or it is there with its files (`follows`).
   */
  volumes: 'pinned' | 'empty' | 'follows';
}
