import {type GoType, goTypes} from './go-layout.ts';

/** An object as the API server's own types would be written as JSON; for messages. See go-layout.ts. */
export function goJson(type: GoType, value: object): Record<string, unknown> {
  const given = (type === 'PodSpec' ? withHostNamespaces(value) : value) as Record<string, unknown>;
  const template = type === 'PodTemplate' || type === 'ClaimTemplate';
  const written: Record<string, unknown> = template ? templateMetadata(given.metadata) : {};
  for (const {name, json, zero, nested, kind} of fieldsOf(type)) {
    const found = given[json];
    if (found === undefined) written[name] = kind === 'value' && nested ? goJson(nested, {}) : zero;
    else if (kind === 'map') written[name] = sorted(found as object);
    else if (nested && kind === 'list') written[name] = (found as object[]).map(one => goJson(nested, one));
    else written[name] = nested ? goJson(nested, (found ?? {}) as object) : found;
  }
  return written;
}

/** With its keys in order, as Go writes maps. */
export const sorted = (map: object): object =>
  Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));

interface Field {
  name: string;
  /** Its name in manifests. */
  json: string;
  zero: unknown;
  nested?: GoType;
  kind: 'plain' | 'value' | 'list' | 'map';
}

const parsed = new Map<GoType, readonly Field[]>();

const fieldsOf = (type: GoType): readonly Field[] => {
  const known = parsed.get(type) ?? goTypes[type].trim().split(/\s+/).map(parseField);
  parsed.set(type, known);
  return known;
};

const parseField = (written: string): Field => {
  const [, name = '', rest = ''] = /^(\w+)(.*)$/.exec(written) ?? [];
  const zero = rest.startsWith('=') ? JSON.parse(rest.slice(1)) : null;
  const nested = /^:(\w+)/.exec(rest)?.[1] as GoType | undefined;
  const kind = rest === '{}' ? 'map' : rest.endsWith('[]') ? 'list' : rest.endsWith('!') ? 'value' : 'plain';
  return {name, json: lowerFirst(name), zero, kind, ...(nested && {nested})};
};

/** HTTPGet is httpGet, TTY is tty. */
const lowerFirst = (name: string) =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, start => start.toLowerCase());

/** There, they are fields of the security context. */
const withHostNamespaces = (spec: object) => {
  const {hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers, securityContext} = spec as Record<
    string,
    unknown
  >;
  const shared = {hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers};
  return {
    ...spec,
    ...(securityContext !== undefined && {securityContext: {...shared, ...(securityContext as object)}}),
  };
};

const templateMetadata = (metadata: unknown): Record<string, unknown> => {
  const {labels, annotations} = (metadata ?? {}) as {labels?: object; annotations?: object};
  return {...(labels && {labels: sorted(labels)}), ...(annotations && {annotations: sorted(annotations)})};
};
