import {createHash} from 'node:crypto';
import type {ResourceType} from '../registry/resource-type.ts';
import {describe} from './descriptions.ts';
import {resourceTypes} from './resources.ts';
import {
  allTypes,
  type FieldFacts,
  type GroupVersionKind,
  groupVersion,
  parseGroupVersion,
  type TypeFacts,
  typeNamed,
  typeOfKind,
} from './types.ts';

/** The answer to /openapi/v3: where the document of each group and version is. */
export function openApiIndex(): {paths: Record<string, {serverRelativeURL: string}>} {
  const hash = createHash('sha512')
    .update(JSON.stringify([...allTypes]))
    .digest('hex')
    .toUpperCase();
  const roots = new Set([...resourceTypes.values()].map(rootOf));
  return {
    paths: Object.fromEntries(
      [...roots].map(root => [root, {serverRelativeURL: `/openapi/v3/${root}?hash=${hash}`}]),
    ),
  };
}

/**
 * The OpenAPI v3 document of one group and version: its types, and of its paths what kubectl looks at to find
 * a resource's kind and whether the server validates fields and can try a request out (dry run).
 * @param apiVersion e.g. apps/v1, v1
 * @returns undefined when nothing of it is served
 */
export function openApiDocument(apiVersion: string): object | undefined {
  const served = [...resourceTypes.values()].filter(type => groupVersion(type) === apiVersion);
  if (served.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: {title: 'Kubernetes', version: '1.35'},
    paths: Object.assign({}, ...served.map(pathsOf)),
    components: {
      schemas: Object.fromEntries(typesOf(served).map(([name, facts]) => [name, schema(name, facts)])),
    },
  };
}

const rootOf = (type: {group: string; version: string}) =>
  `${type.group === '' ? 'api' : 'apis'}/${groupVersion(type)}`;

/** What the verbs on a collection and on one object are in HTTP, and which query parameters kubectl looks for. */
const onCollection = {list: 'get', create: 'post', deletecollection: 'delete'} as const;
const onObject = {get: 'get', update: 'put', patch: 'patch', delete: 'delete'} as const;
const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'];
const parameters: Readonly<Record<string, readonly string[]>> = {
  create: writeParameters,
  update: writeParameters,
  patch: [...writeParameters, 'force'],
  delete: ['dryRun', 'gracePeriodSeconds', 'propagationPolicy'],
};

function pathsOf(type: ResourceType): Record<string, object> {
  const base = `/${rootOf(type)}/${type.namespaced ? 'namespaces/{namespace}/' : ''}${type.resource}`;
  const collection = operations(type, onCollection);
  const object = operations(type, onObject);
  return {
    [base]: collection,
    ...(Object.keys(object).length > 0 && {[`${base}/{name}`]: object}),
  };
}

function operations(type: ResourceType, methods: Readonly<Record<string, string>>): Record<string, object> {
  const {group, version, kind} = type;
  const served = Object.entries(methods).filter(([verb]) => type.verbs.includes(verb));
  return Object.fromEntries(
    served.map(([verb, method]) => [
      method,
      {
        parameters: (parameters[verb] ?? []).map(name => ({name, in: 'query', schema: {type: 'string'}})),
        responses: {200: {description: 'OK'}},
        'x-kubernetes-action': verb === 'create' ? 'post' : verb === 'update' ? 'put' : verb,
        'x-kubernetes-group-version-kind': {group, version, kind},
      },
    ]),
  );
}

/** The kinds of these resources and their subresources, and all that they are made of. */
function typesOf(served: ResourceType[]): [string, TypeFacts][] {
  const kinds = served.flatMap(type => [
    type,
    ...Object.values(type.subresources).map(sub => ({...type, ...sub, group: sub.group ?? type.group})),
  ]);
  const found = new Map<string, TypeFacts>();
  const visit = (name: string | undefined) => {
    const facts = name === undefined ? undefined : typeNamed(name);
    if (!name || !facts || found.has(name)) return;
    found.set(name, facts);
    for (const {type} of Object.values(facts.fields ?? {})) visit(type.replaceAll(/\[\]|\{\}/g, ''));
  };
  for (const kind of kinds) visit(typeOfKind(kind));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function schema(name: string, {fields, kind, scalar, atomic}: TypeFacts): object {
  const descriptions = describe(name);
  const required = Object.entries(fields ?? {}).flatMap(([field, {required}]) => (required ? [field] : []));
  return {
    ...(descriptions.type !== '' && {description: descriptions.type}),
    ...(fields ? {type: 'object'} : scalarSchema(scalar ?? 'any')),
    ...(required.length > 0 && {required}),
    ...(fields && {
      properties: Object.fromEntries(
        Object.entries(fields).map(([field, facts]) => [
          field,
          {...words(descriptions.fields.get(field)), ...fieldSchema(facts)},
        ]),
      ),
    }),
    ...(kind !== undefined && {'x-kubernetes-group-version-kind': [parseKind(kind)]}),
    ...(atomic && {'x-kubernetes-map-type': 'atomic'}),
  };
}

const words = (description: string | undefined) => (description ? {description} : {});

/** The other way round of TypeFacts.kind. */
export function parseKind(path: string): GroupVersionKind {
  const slash = path.lastIndexOf('/');
  return {...parseGroupVersion(path.slice(0, slash)), kind: path.slice(slash + 1)};
}

function fieldSchema(facts: FieldFacts): object {
  return {
    ...typeSchema(facts.type),
    ...(facts.default !== undefined && {default: facts.default}),
    ...(facts.enum && {enum: facts.enum}),
    ...(facts.listType && {'x-kubernetes-list-type': facts.listType}),
    ...(facts.listKeys && {'x-kubernetes-list-map-keys': facts.listKeys}),
    ...(facts.atomic && {'x-kubernetes-map-type': 'atomic'}),
    ...(facts.patchStrategy && {'x-kubernetes-patch-strategy': facts.patchStrategy}),
    ...(facts.mergeKey && {'x-kubernetes-patch-merge-key': facts.mergeKey}),
  };
}

function typeSchema(type: string): object {
  if (type.startsWith('[]')) return {type: 'array', items: typeSchema(type.slice(2))};
  if (type.startsWith('{}')) return {type: 'object', additionalProperties: typeSchema(type.slice(2))};
  // A reference beside other words about the field has to be wrapped.
  return typeNamed(type) ? {allOf: [{$ref: `#/components/schemas/${type}`}]} : scalarSchema(type);
}

function scalarSchema(scalar: string): object {
  switch (scalar) {
    case 'string':
    case 'boolean':
      return {type: scalar};
    case 'int32':
    case 'int64':
      return {type: 'integer', format: scalar};
    case 'double':
      return {type: 'number', format: scalar};
    case 'byte':
    case 'date-time':
      return {type: 'string', format: scalar};
    case 'int-or-string':
      return {format: scalar, oneOf: [{type: 'integer'}, {type: 'string'}]};
    case 'quantity':
      return {oneOf: [{type: 'string'}, {type: 'number'}]};
    default:
      return {type: 'object'};
  }
}
