import type {Change} from '../registry/registry.ts';
import type {ClusterState, NodeState, Pod} from './cluster-state.ts';

/** Why a node does not take a Pod. */
export interface Rejection {
  /** In the scheduler's words; counted over all nodes in the Pod's condition. */
  reasons: readonly string[];
  /** Would the node take it if other Pods went away? */
  preemptionHelps: boolean;
}

/** What a filter found out about a Pod before any node was looked at. */
export type Prepared =
  /** No node can take it, for this reason. */
  | {rejected: string}
  /** Only these nodes come into question, by name; their `check` follows all the same. */
  | {only?: ReadonlySet<string>; check(state: NodeState): Rejection | undefined};

/** One of the scheduler's plug-ins, for what it filters. */
export interface Filter {
  /** The plug-in's name in Kubernetes. */
  name: string;
  /** Undefined: the Pod asks for nothing that this filter looks at. */
  prepare(pod: Pod, cluster: ClusterState): Prepared | undefined;
  /** Might a Pod that this filter rejected fit after this change? */
  mayHelp(change: Change, pod: Pod): boolean;
}

/** Other Pods' going away would not change it. */
export const never = (...reasons: string[]): Rejection => ({reasons, preemptionHelps: false});
/** It could fit if other Pods went away. */
export const notNow = (...reasons: string[]): Rejection => ({reasons, preemptionHelps: true});
