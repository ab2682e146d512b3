/** How a node was changed, or another one instead. */
export type NodeChange = 'cordoned' | 'uncordoned' | 'tainted' | 'stopped' | 'deleted';

export interface NodeFacts {
  unschedulable: {
    nodeSelector?: string;
    reason: 'selector' | 'volume' | 'cordoned' | 'resources' | 'other';
    /** Other nodes are cordoned, as the scheduler says. */
    cordoned?: true;
    /** What the nodes have for the label that is asked for. */
    nodesHave?: string[];
  };
  /** `pinned`: what ties the Pod to that node. */
  'node-cordoned': {nodes: string[]; pinned?: 'volume' | 'selector'};
  'node-tainted': {node: string; taint: string; pinned?: 'volume' | 'selector'};
  /** Its kubelet does not answer, so nothing on it starts or ends. */
  'node-lost': {node: string; terminating: boolean};
  /** The Pod is to go, and only the node, which does not answer, could confirm that it ended. */
  'not-forced': {node: string};
  'wrong-node': {found: string; wanted: string[]; change: NodeChange};
  /** The step wants the node to stop, and something else was done to it. */
  'node-running': {node: string; did: Exclude<NodeChange, 'stopped' | 'uncordoned'> | 'emptied'};
  /** The step wants the node cordoned, and it was given a mark that looks like it. `key`: of the taint or label. */
  'not-cordoned': {did: 'tainted' | 'labelled'; key: string};
  /** The step wants the Pod evicted, and it was deleted. */
  'not-evicted': {pod: string};
  'budget-without-pods': {selector: string; nearest?: {pod: string; labels: string}};
  'budget-allows': {allowed: number};
  /** The node was cordoned, but its Pods stayed. */
  'not-drained': {
    node: string;
    pod: string;
    because: 'budget' | 'unmanaged' | 'local-data' | 'cordon-only';
    budget?: string /** A Pod that drain stops at. */;
    blocker?: string;
  };
}
