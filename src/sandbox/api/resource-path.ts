import type {ResourceType} from '../registry/resource-type.ts';
import type {Call} from './api.ts';

/** Where a request for a resource points. */
export type ResourcePath = Pick<Call, 'type' | 'namespace' | 'name' | 'subresource' | 'watch'>;

/**
 * Takes the segments after a group and version apart: pods, pods/mariadb/log, namespaces/lab/pods/mariadb/log,
 * watch/namespaces/lab/pods.
 * @param find the resource of that plural in the group and version
 * @returns undefined when there is no such resource or subresource, or not there
 */
export function parseResourcePath(
  segments: readonly string[],
  find: (resource: string) => ResourceType | undefined,
): ResourcePath | undefined {
  const watch = segments[0] === 'watch';
  const {namespace, rest} = withoutNamespace(watch ? segments.slice(1) : segments);
  const [resource = '', name, subresource, ...more] = rest;
  const type = find(resource);
  if (!type || more.length > 0) return undefined;
  if (namespace !== undefined && !type.namespaced) return undefined;
  if (namespace === undefined && type.namespaced && name !== undefined) return undefined;
  if (subresource !== undefined && !type.subresources[subresource]) return undefined;
  return {
    type,
    watch,
    ...(namespace !== undefined && {namespace}),
    ...(name !== undefined && {name}),
    ...(subresource !== undefined && {subresource}),
  };
}

/** namespaces/lab/status is about the Namespace, namespaces/lab/pods about Pods in it. */
function withoutNamespace(segments: readonly string[]): {namespace?: string; rest: readonly string[]} {
  const [first, namespace, resource] = segments;
  const within = first === 'namespaces' && resource !== undefined && !ofNamespaces.includes(resource);
  return within && namespace !== undefined ? {namespace, rest: segments.slice(2)} : {rest: segments};
}

const ofNamespaces = ['status', 'finalize'];
