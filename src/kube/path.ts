/** One request in Kubernetes' own words, which are also the facts of a refusal. */
export interface Call {
  verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  /** As kubectl takes it: pods, deployments.apps. All that statelab asks for is served as v1. */
  resource: string;
  namespace?: string | undefined;
  name?: string;
  subresource?: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** The object to create, the merge patch, or the options of a delete. */
  body?: object;
}

/** Where the API serves it, with the query. */
export function pathOf({resource, namespace, name, subresource, query = {}, verb}: Call): string {
  const dot = resource.indexOf('.');
  const root = dot === -1 ? 'api/v1' : `apis/${resource.slice(dot + 1)}/v1`;
  const plural = dot === -1 ? resource : resource.slice(0, dot);
  const steps = [...(namespace === undefined ? [] : ['namespaces', namespace]), plural, name, subresource];
  const given = Object.entries({...query, ...(verb === 'watch' ? {watch: true} : {})});
  const search = new URLSearchParams();
  for (const [key, value] of given) if (value !== undefined) search.set(key, `${value}`);
  const path = steps.filter(step => step !== undefined).map(encodeURIComponent);
  return `/${root}/${path.join('/')}${search.size > 0 ? `?${search}` : ''}`;
}

const methods = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  patch: 'PATCH',
  delete: 'DELETE',
} as const;
export const methodOf = ({verb}: Call) => methods[verb];
