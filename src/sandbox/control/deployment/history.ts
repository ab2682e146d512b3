import type {ControlContext} from '../controller.ts';
import {revisionOf} from './annotations.ts';
import {type ReplicaSet, type Rollout, wanted} from './rollout.ts';

/** Deletes the oldest revisions beyond spec.revisionHistoryLimit; one that still has Pods stays. */
export function cleanUpHistory({registry}: ControlContext, {deployment, old}: Rollout) {
  const limit = deployment.spec?.revisionHistoryLimit;
  if (limit === undefined) return;
  const living = old.filter(({metadata}) => metadata.deletionTimestamp === undefined);
  const excess = living.toSorted((one, other) => revisionOf(one) - revisionOf(other));
  for (const one of excess.slice(0, Math.max(0, living.length - limit)))
    if (isOver(one))
      registry.delete('replicasets.apps', one.metadata.namespace, one.metadata.name, {
        propagationPolicy: 'Background',
      });
}

const isOver = (one: ReplicaSet) =>
  wanted(one) === 0 &&
  one.status?.replicas === 0 &&
  (one.metadata.generation ?? 0) <= (one.status.observedGeneration ?? 0);
