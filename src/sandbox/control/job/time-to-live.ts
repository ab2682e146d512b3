import type {Controller} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import {conditionOf} from './conditions.ts';

/** Deletes a Job, and its Pods before it, spec.ttlSecondsAfterFinished after its end. */
export const jobTimeToLive: Controller = context => {
  const {registry, clock} = context;
  reconciler(context, {
    name: 'ttl-after-finished-controller',
    watches: {'jobs.batch': itself},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const job = registry.get('jobs.batch', namespace, name);
      const seconds = job?.spec?.ttlSecondsAfterFinished;
      const {conditions} = job?.status ?? {};
      const end = conditionOf(conditions, 'Complete') ?? conditionOf(conditions, 'Failed');
      if (seconds === undefined || !end?.lastTransitionTime || job?.metadata.deletionTimestamp) return;
      const left = seconds * 1000 - clock.since(Date.parse(end.lastTransitionTime));
      if (left > 0) return {after: left};
      registry.delete('jobs.batch', namespace, name, {propagationPolicy: 'Foreground'});
    },
  });
};
