import type {Stored} from '../../objects.ts';

/** autoscaling/v1 Scale: the replicas of a Deployment, ReplicaSet or StatefulSet, whichever it is. */
export interface Scale extends Stored {
  spec: {replicas?: number};
  status: {replicas: number; selector?: string};
}
