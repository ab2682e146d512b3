import type {Controller} from '../controller.ts';
import {reconciler} from '../reconciler.ts';
import {isLiving} from './living.ts';

/** Each namespace has a ServiceAccount named default; one that is deleted comes back. */
export const defaultServiceAccount: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'service-account-controller',
    watches: {
      namespaces: ({object}) => [object.metadata.name],
      serviceaccounts: ({object: {metadata}}) =>
        metadata.name === 'default' && metadata.namespace !== undefined ? [metadata.namespace] : [],
    },
    reconcile(namespace) {
      if (!isLiving(registry, namespace) || registry.get('serviceaccounts', namespace, 'default')) return;
      registry.create('serviceaccounts', {metadata: {namespace, name: 'default'}});
    },
  });
};
