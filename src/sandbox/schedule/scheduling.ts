import type {ControlContext} from '../control/controller.ts';
import type {ClusterState, Pod} from './cluster-state.ts';
import type {WaitingPods} from './waiting-pods.ts';

/** All that the scheduler knows. */
export interface Scheduling {
  context: ControlContext;
  cluster: ClusterState;
  waiting: WaitingPods;
  /** Pods whose node is chosen and whose volumes are being bound, by key. */
  assumed: Map<string, Assumption>;
}

export interface Assumption {
  pod: Pod;
  nodeName: string;
  /** Milliseconds since the epoch. */
  since: number;
}

/** Is it for this scheduler to find a node for the Pod, and now? */
export const needsNode = ({metadata, spec}: Pod) =>
  spec?.nodeName === undefined &&
  (spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler' &&
  !spec?.schedulingGates?.length &&
  metadata.deletionTimestamp === undefined;
