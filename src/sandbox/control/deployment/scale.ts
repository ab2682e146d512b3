import type {ControlContext} from '../controller.ts';
import {sizeAnnotations} from './annotations.ts';
import {type ReplicaSet, type Rollout, type Scaling, wanted} from './rollout.ts';

/** Writes the sizes into the ReplicaSets, and tells it in events. */
export function scaleAll(context: ControlContext, rollout: Rollout, scalings: readonly Scaling[]) {
  for (const {replicaSet, replicas} of scalings) scale(context, rollout, replicaSet, replicas);
}

function scale(context: ControlContext, rollout: Rollout, replicaSet: ReplicaSet, replicas: number) {
  const {deployment, replicas: desired, maxSurge} = rollout;
  const from = wanted(replicaSet);
  context.registry.change('replicasets.apps', replicaSet, draft => {
    draft.metadata.annotations = {...draft.metadata.annotations, ...sizeAnnotations(desired, maxSurge)};
    if (draft.spec) draft.spec.replicas = replicas;
  });
  if (replicas === from) return;
  const direction = replicas > from ? 'up' : 'down';
  const message = `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${from} to ${replicas}`;
  context.recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message, source);
}

export const source = {component: 'deployment-controller'};
