import type {KubeObject} from '../world/object.ts';
import type {KubeClient} from './client.ts';

/** What to look at: all of a resource, in a namespace or the cluster, or (fields) some of it. */
export interface Scope {
  resource: string;
  namespace?: string | undefined;
  /** A field selector, e.g. metadata.name=x. */
  fields?: string;
}

/** All there is now, and the version from which a watch goes on. */
export async function list(
  client: KubeClient,
  scope: Scope,
  signal: AbortSignal,
): Promise<{objects: KubeObject[]; version: string}> {
  const {resource, namespace, fields} = scope;
  const answer = await client.call(
    {verb: 'list', resource, namespace, query: {fieldSelector: fields}},
    signal,
  );
  const {apiVersion, kind, items, metadata} = answer as unknown as KubeList;
  // The items of a list do not say what they are; those of a watch do.
  const own = {apiVersion, kind: kind.replace(/List$/, '')};
  return {
    objects: (items ?? []).map(item => withoutManagedFields({...own, ...item})),
    version: metadata.resourceVersion,
  };
}

/** Who wrote which field is half of an object's bytes, and no lab asks for it. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  delete object.metadata.managedFields;
  return object;
}

interface KubeList {
  apiVersion: string;
  kind: string;
  metadata: {resourceVersion: string};
  items: KubeObject[] | null;
}
