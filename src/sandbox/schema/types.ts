import json from './types.json' with {type: 'json'};

/** What is known of one field. All but the type is there only where it says something. */
export interface FieldFacts {
  /** The type of its value, as in `typeNamed`; `[]` in front for a list of it, `{}` for a map from strings. */
  type: string;
  required?: boolean;
  /** As Kubernetes' documents tell it; what strategies fill in is more. */
  default?: string | number | boolean;
  enum?: string[];
  /** For server-side apply: atomic, set or map (by `listKeys`). */
  listType?: string;
  listKeys?: string[];
  /** For server-side apply: a map or struct that has one owner as a whole. */
  atomic?: boolean;
  /** For strategic merge patches: merge, retainKeys or both, with a comma. */
  patchStrategy?: string;
  /** The field that tells a list's elements apart in a strategic merge patch. */
  mergeKey?: string;
  /** An empty string, list or map, 0 and false are not kept. */
  omitsZero?: boolean;
  /** What Go calls the type, where it is not what `goType` would say. */
  goType?: string;
  /** The embedded Go struct that it is in, which error messages name. */
  embeddedIn?: string;
}

/** A struct with fields, or a scalar. */
export interface TypeFacts {
  /** Of an object that the API serves: group/version/Kind, or version/Kind in the core group. */
  kind?: string;
  fields?: Record<string, FieldFacts>;
  /** date-time, quantity, int-or-string or any. */
  scalar?: string;
  atomic?: boolean;
}

export interface GroupVersionKind {
  /** '' for the core group. */
  group: string;
  version: string;
  kind: string;
}

const types: Readonly<Record<string, TypeFacts>> = json;
const namesOfKinds = new Map(Object.entries(types).map(([name, {kind}]) => [kind, name]));

/**
 * The type of a name that Kubernetes' OpenAPI documents use, e.g. io.k8s.api.core.v1.PodSpec. Undefined for the
 * simple ones: string, byte (base64), boolean, int32, int64, double, any.
 */
export const typeNamed = (name: string): TypeFacts | undefined => types[name];

/** All types by name. */
export const allTypes: ReadonlyMap<string, TypeFacts> = new Map(Object.entries(types));

/** The name of a kind's type. Undefined when the sandbox does not know the kind. */
export const typeOfKind = ({group, version, kind}: GroupVersionKind): string | undefined =>
  namesOfKinds.get(`${groupVersion({group, version})}/${kind}`);

/** As in an object's apiVersion: apps/v1, or v1 for the core group. */
export const groupVersion = ({group, version}: {group: string; version: string}): string =>
  group === '' ? version : `${group}/${version}`;

/** The other way round. */
export function parseGroupVersion(apiVersion: string): {group: string; version: string} {
  const slash = apiVersion.indexOf('/');
  return {group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1)};
}
