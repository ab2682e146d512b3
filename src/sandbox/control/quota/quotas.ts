import type {Registry} from '../../registry/registry.ts';
import {usedOf, written} from '../../schema/quota/quotas.ts';
import type {Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';

/** Says in each ResourceQuota how much of it is used. That it is kept to is the API's business, at every creation. */
export const resourceQuotas: Controller = context => {
  const {registry} = context;
  const around = ({object}: {object: {metadata: {namespace?: string}}}) =>
    quotasIn(registry, object.metadata.namespace);
  reconciler(context, {
    name: 'resourcequota-controller',
    watches: {
      resourcequotas: itself,
      configmaps: around,
      persistentvolumeclaims: around,
      pods: around,
      secrets: around,
      services: around,
      'cronjobs.batch': around,
      'deployments.apps': around,
      'jobs.batch': around,
      'replicasets.apps': around,
      'statefulsets.apps': around,
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const quota = registry.get('resourcequotas', namespace, name);
      if (!quota) return;
      registry.change(
        'resourcequotas',
        quota,
        draft => {
          draft.status = {hard: {...draft.spec?.hard}, used: written(usedOf(registry, quota))};
        },
        {subresource: 'status'},
      );
    },
  });
};

const quotasIn = (registry: Registry, namespace: string | undefined) =>
  registry.list('resourcequotas', namespace).map(keyOf);
