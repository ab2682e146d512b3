import type {ResourceId} from '../../../../src/sandbox/objects.ts';
import type {ResourceType} from '../../../../src/sandbox/registry/resource-type.ts';

const status = {status: {kind: '', verbs: ['get', 'patch', 'update']}};

const type = (
  group: string,
  resource: string,
  kind: string,
  rest: Partial<ResourceType> = {},
): [ResourceId, ResourceType] => {
  const id = group === '' ? resource : `${resource}.${group}`;
  const names = {id, group, version: 'v1', resource, singular: kind.toLowerCase(), kind};
  return [
    id,
    {...names, namespaced: true, shortNames: [], categories: [], verbs: [], subresources: {}, ...rest},
  ];
};

/** A few of the served resources, as far as the registry looks at them. */
export const types: ReadonlyMap<ResourceId, ResourceType> = new Map([
  type('', 'configmaps', 'ConfigMap'),
  type('', 'events', 'Event'),
  type('', 'namespaces', 'Namespace', {namespaced: false, subresources: status}),
  type('', 'nodes', 'Node', {namespaced: false, subresources: status}),
  type('', 'persistentvolumeclaims', 'PersistentVolumeClaim', {subresources: status}),
  type('', 'pods', 'Pod', {subresources: status}),
  type('', 'secrets', 'Secret'),
  type('apps', 'deployments', 'Deployment', {subresources: status}),
  type('apps', 'replicasets', 'ReplicaSet', {subresources: status}),
  type('rbac.authorization.k8s.io', 'clusterroles', 'ClusterRole', {namespaced: false}),
]);
