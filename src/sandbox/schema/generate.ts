import {writeFile} from 'node:fs/promises';
import {addGoTypes} from './generate-go-types.ts';
import {addZeros} from './generate-zeros.ts';
import {resourceTypes} from './resources.ts';
import {type FieldFacts, type GroupVersionKind, groupVersion, type TypeFacts} from './types.ts';

/**
 * Writes types.json: the facts of all types that the served resources are made of. Run by hand when the
 * Kubernetes version changes, with `kubectl proxy` in front of a real cluster of that version:
 *
 *   node src/sandbox/schema/generate.ts http://localhost:8001 <modules>
 *   biome format --write src/sandbox/schema/types.json
 *
 * Names, types and constraints come from the cluster's OpenAPI documents, without their descriptions. What Go
 * calls a field's type is in no document, but in what the server answers to a value of the wrong type; what it
 * does with zero values is in the source (see addZeros).
 */
async function generate(server: string, modules: string): Promise<void> {
  const schemas = await fetchSchemas(server);
  const roots = rootTypes(schemas);
  const facts = new Map<string, TypeFacts>();
  for (const queue = [...roots]; queue.length > 0; ) {
    const name = queue.shift() ?? '';
    if (facts.has(name)) continue;
    const schema = schemas.get(name);
    if (!schema) throw new Error(`${name} is in none of the documents`);
    facts.set(name, typeFacts(schema));
    queue.push(...references(schema));
  }
  await addGoTypes(server, facts);
  addZeros(modules, facts);
  const sorted = [...facts].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(new URL('types.json', import.meta.url), inLines(sorted));
}

/** An OpenAPI v3 schema, as far as Kubernetes makes use of it. */
interface Schema {
  type?: string;
  format?: string;
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  additionalProperties?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: string[];
  default?: unknown;
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-patch-merge-key'?: string;
}

const metaTypes = ['DeleteOptions', 'Status'].map(kind => `io.k8s.apimachinery.pkg.apis.meta.v1.${kind}`);

async function fetchSchemas(server: string): Promise<Map<string, Schema>> {
  const versions = new Set(
    [...resourceTypes.values()].map(type => (type.group === '' ? 'api/v1' : `apis/${groupVersion(type)}`)),
  );
  const schemas = new Map<string, Schema>();
  for (const version of versions) {
    const answer = await fetch(`${server}/openapi/v3/${version}`);
    const document = (await answer.json()) as {components: {schemas: Record<string, Schema>}};
    for (const [name, schema] of Object.entries(document.components.schemas)) schemas.set(name, schema);
  }
  return schemas;
}

function rootTypes(schemas: Map<string, Schema>): string[] {
  const wanted = new Set<string>();
  for (const {group, version, kind, subresources} of resourceTypes.values()) {
    wanted.add(gvk({group, version, kind}));
    for (const sub of Object.values(subresources))
      wanted.add(gvk({group: sub.group ?? group, version: sub.version ?? version, kind: sub.kind}));
  }
  const kinds = [...schemas].filter(([, schema]) =>
    schema['x-kubernetes-group-version-kind']?.some(one => wanted.has(gvk(one))),
  );
  return [...kinds.map(([name]) => name), ...metaTypes];
}

const gvk = (of: GroupVersionKind) => `${groupVersion(of)}/${of.kind}`;

function typeFacts(schema: Schema): TypeFacts {
  const kinds = schema['x-kubernetes-group-version-kind'];
  const first = kinds?.[0];
  const fields = Object.entries(schema.properties ?? {});
  return {
    // DeleteOptions and Status are in every group, and the same in each.
    ...(first && {kind: kinds.length > 1 ? `v1/${first.kind}` : gvk(first)}),
    ...(schema.properties
      ? {fields: Object.fromEntries(fields.map(([name, field]) => [name, fieldFacts(schema, name, field)]))}
      : {scalar: schema.format ?? (schema.oneOf ? 'quantity' : 'any')}),
    ...(schema['x-kubernetes-map-type'] === 'atomic' && {atomic: true}),
  };
}

function fieldFacts(owner: Schema, name: string, field: Schema): FieldFacts {
  const {default: value, enum: allowed} = field;
  const means = value !== undefined && value !== '' && value !== 0 && value !== false;
  return {
    type: typeExpression(field),
    ...(owner.required?.includes(name) && {required: true}),
    ...(means && JSON.stringify(value) !== '{}' && {default: value as string | number | boolean}),
    ...(allowed && {enum: allowed}),
    ...(field['x-kubernetes-list-type'] && {listType: field['x-kubernetes-list-type']}),
    ...(field['x-kubernetes-list-map-keys'] && {listKeys: field['x-kubernetes-list-map-keys']}),
    ...(field['x-kubernetes-map-type'] === 'atomic' && {atomic: true}),
    ...(field['x-kubernetes-patch-strategy'] && {patchStrategy: field['x-kubernetes-patch-strategy']}),
    ...(field['x-kubernetes-patch-merge-key'] && {mergeKey: field['x-kubernetes-patch-merge-key']}),
  };
}

function typeExpression(schema: Schema): string {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference) return reference.slice('#/components/schemas/'.length);
  if (schema.items) return `[]${typeExpression(schema.items)}`;
  if (schema.additionalProperties) return `{}${typeExpression(schema.additionalProperties)}`;
  return schema.format ?? schema.type ?? 'any';
}

function references(schema: Schema): string[] {
  const types = Object.values(schema.properties ?? {}).map(typeExpression);
  return types.map(type => type.replaceAll(/\[\]|\{\}/g, '')).filter(type => type.startsWith('io.k8s.'));
}

/** A line for each field, so that a change of version can be read in a diff. */
function inLines(types: [string, TypeFacts][]): string {
  const blocks = types.map(([name, {fields, ...facts}]) => {
    const start = JSON.stringify(facts).slice(1, -1);
    const lines = Object.entries(fields ?? {}).map(([field, of]) => `"${field}": ${JSON.stringify(of)}`);
    const inner = fields ? `"fields": {\n${lines.join(',\n')}\n}` : '';
    return `"${name}": {\n${[start, inner].filter(part => part !== '').join(',\n')}\n}`;
  });
  return `{\n${blocks.join(',\n')}\n}\n`;
}

const [, , server, modules] = process.argv;
if (!server || !modules)
  throw new Error('usage: generate.ts <url of kubectl proxy> <directory of Go modules>');
await generate(server, modules);
