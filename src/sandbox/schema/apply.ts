import type {KubeObject, Stored} from '../objects.ts';
import type {ResourceType} from '../registry/resource-type.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {timestamp} from '../timestamps.ts';
import {misfit} from './apply/check.ts';
import {conflictWith} from './apply/conflicts.ts';
import {difference, type FieldSet, isEmpty, noFields, union} from './apply/field-set.ts';
import {differenceOf, fieldsOf} from './apply/fields.ts';
import {withoutIdentity} from './apply/identity.ts';
import {type Manager, managed, managersOf, sameManager, unmanaged} from './apply/managers.ts';
import {mergeApplied, withoutFields} from './apply/merge.ts';
import {kindOf, plain, treeOf} from './decode/json-tree.ts';
import {parseYaml, YamlError} from './decode/parse-yaml.ts';
import {decodeTree, orElse} from './decode.ts';
import {isPlainMap, type PlainMap} from './patch/plain.ts';
import {groupVersion, typeOfKind} from './types.ts';

export interface ApplyRequest {
  /** YAML, of which JSON is a part. */
  body: Uint8Array;
  /** The query parameter fieldManager. */
  manager: string;
  /** Take over what others manage. */
  force: boolean;
  subresource?: 'status' | 'scale';
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * Server-side apply: the object to store, with its managedFields. It is `live` itself when nothing changes.
 * @param live undefined when there is none yet: it is to be created
 * @throws StatusError BadRequest; 500 without a reason for what does not fit the kind; Conflict
 */
export function apply(live: Stored | undefined, type: ResourceType, request: ApplyRequest): KubeObject {
  const applied = readConfiguration(request.body, type);
  const root = {type: typeOfKind(type) ?? ''};
  const about = objectReference(applied, type);
  const wrong = misfit(applied, root);
  if (wrong) throw internal(`failed to create typed patch object (${about}): ${wrong}`);
  const own = ownPart(applied, type, request.subresource);
  const fields = withoutIdentity(fieldsOf(own, root));
  const {mine, others} = managersFor(live, type, request);
  const kept = others.reduce((all, other) => union(all, other.fields), fields);
  const gone = difference(mine.fields, kept);
  const before = live ? unmanaged(live) : {};
  const after = withoutFields(mergeApplied(before, own, root), root, gone, kept);
  const {changed, added, removed} = differenceOf(before, after, root);
  const conflict = live && !request.force && conflictWith(others, union(changed, added));
  if (conflict) throw conflict;
  const {object} = orElse(
    () => decodeTree(treeOf(after), type),
    why =>
      internal(
        `failed to convert new object (${about}) to proper version: unable to convert unstructured object to ${kindName(type)}: ${why}`,
      ),
  );
  const touched = union(union(changed, added), removed);
  if (live && isEmpty(touched) && same(mine.fields, fields)) return {...live};
  return managed(object, [
    ...others.map(other => ({...other, fields: difference(other.fields, touched)})),
    {...mine, time: timestamp(request.now), fields},
  ]);
}

/** Who applies, with what they applied before, and everybody else. */
function managersFor(live: Stored | undefined, type: ResourceType, request: ApplyRequest) {
  const me: Manager = {
    name: request.manager,
    operation: 'Apply',
    apiVersion: groupVersion(type),
    subresource: request.subresource,
    time: undefined,
    fields: noFields,
  };
  const all = managersOf(live);
  const mine = all.find(manager => sameManager(manager, me)) ?? me;
  return {mine, others: all.filter(manager => manager !== mine)};
}

function readConfiguration(body: Uint8Array, type: ResourceType): PlainMap {
  const {tree, duplicates} = parse(body);
  if (duplicates.length > 0)
    throw badRequest(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`,
    );
  const applied = tree === null ? {} : plain(tree);
  if (!isPlainMap(applied))
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kindOf(tree)} into Go value of type map[string]interface {}`,
    );
  const {apiVersion = '', kind = '', metadata} = applied;
  if (apiVersion !== groupVersion(type) || kind !== type.kind)
    throw badRequest(
      `invalid object type: ${apiVersion === '' ? '/' : String(apiVersion)}, Kind=${String(kind)}`,
    );
  if (isPlainMap(metadata) && metadata.managedFields !== undefined)
    throw badRequest('metadata.managedFields must be nil');
  return applied;
}

function parse(body: Uint8Array) {
  try {
    return parseYaml(new TextDecoder().decode(body));
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`);
  }
}

/** What the request is about: all but the status, or the status alone. */
function ownPart(applied: PlainMap, type: ResourceType, subresource: ApplyRequest['subresource']): PlainMap {
  const {status, ...rest} = applied;
  if (subresource === 'status') {
    const {apiVersion, kind, metadata} = rest;
    return {apiVersion, kind, metadata, ...(status !== undefined && {status})};
  }
  return type.subresources.status ? rest : applied;
}

const same = (a: FieldSet, b: FieldSet) => isEmpty(difference(a, b)) && isEmpty(difference(b, a));

const kindName = (type: ResourceType) => `${groupVersion(type)}, Kind=${type.kind}`;

function objectReference({metadata}: PlainMap, type: ResourceType): string {
  const {namespace = '', name = ''} = isPlainMap(metadata) ? metadata : {};
  return `${String(namespace)}/${String(name)}; ${kindName(type)}`;
}

/** An error that the API tells without a reason. */
const internal = (message: string) => new StatusError(500, '', message);
