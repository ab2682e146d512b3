import {badRequest, StatusError} from '../../status-error.ts';
import {type FieldFacts, typeNamed} from '../types.ts';
import {goFormat} from './go-format.ts';
import {equal, isPlainMap, type PlainMap} from './plain.ts';
import {mergeLists, sortBySetOrder, withoutDirectives} from './strategic-list.ts';

/** What the fields of a struct tell; undefined for maps and for what no schema describes. */
type Fields = Readonly<Record<string, FieldFacts>> | undefined;

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/**
 * A strategic merge patch: as a merge patch, but lists are merged where their type says so. Changes neither of the two.
 * @param type e.g. io.k8s.api.apps.v1.Deployment
 * @throws StatusError BadRequest, or 500 without a reason, as the API answers to directives that it does not understand
 */
export const strategicMergePatch = (target: PlainMap, patch: PlainMap, type: string): PlainMap =>
  mergeMaps(target, patch, typeNamed(type)?.fields);

function mergeMaps(target: PlainMap, patch: PlainMap, fields: Fields): PlainMap {
  const {$patch: directive, $retainKeys: retained, ...rest} = patch;
  if (directive === 'replace') return withoutDirectives(rest) as PlainMap;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') throw unknownDirective(patch);
  const result = new Map(Object.entries(retained === undefined ? target : retain(target, rest, retained)));
  const done = new Set<string>();
  for (const key of Object.keys(rest)) {
    const field = key.startsWith(orderPrefix) ? key.slice(orderPrefix.length) : undefined;
    if (field === undefined) continue;
    done.add(field);
    const merged = Object.hasOwn(rest, field)
      ? mergeValues(result.get(field), rest[field], fields?.[field])
      : result.get(field);
    if (merged !== undefined)
      result.set(
        field,
        sortBySetOrder(merged, rest[field], rest[key], target[field], fields?.[field]?.mergeKey),
      );
  }
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith(deletePrefix)) removePrimitives(result, key.slice(deletePrefix.length), value);
    if (key.startsWith('$') || done.has(key)) continue;
    if (value === null) result.delete(key);
    else result.set(key, mergeValues(result.get(key), value, fields?.[key]));
  }
  return Object.fromEntries(result);
}

function mergeValues(target: unknown, patch: unknown, field: FieldFacts | undefined): unknown {
  const strategy = field?.patchStrategy?.split(',') ?? [];
  if (isPlainMap(target) && isPlainMap(patch) && !strategy.includes('replace'))
    return mergeMaps(target, patch, field && typeNamed(field.type)?.fields);
  if (Array.isArray(target) && Array.isArray(patch) && strategy.includes('merge') && field) {
    const itemFields = typeNamed(field.type.slice(2))?.fields;
    return mergeLists(target, patch, field.mergeKey, (item, change) => mergeMaps(item, change, itemFields));
  }
  return withoutDirectives(patch);
}

/** @throws StatusError when the patch sets a field that it does not retain */
function retain(target: PlainMap, patch: PlainMap, retained: unknown): PlainMap {
  const keys = Array.isArray(retained) ? retained : [];
  const set = Object.keys(patch).filter(key => !key.startsWith('$') && patch[key] !== null);
  if (set.some(key => !keys.includes(key))) throw badRequest('invalid patch format of retainKeys');
  return Object.fromEntries(Object.entries(target).filter(([key]) => keys.includes(key)));
}

function removePrimitives(result: Map<string, unknown>, field: string, removed: unknown): void {
  const list = result.get(field);
  if (!Array.isArray(list) || !Array.isArray(removed)) return;
  result.set(
    field,
    list.filter(item => !removed.some(gone => equal(gone, item))),
  );
}

const unknownDirective = (patch: PlainMap) =>
  new StatusError(500, '', `unknown patch type: ${goFormat(patch.$patch)} in map: ${goFormat(patch)}`);
