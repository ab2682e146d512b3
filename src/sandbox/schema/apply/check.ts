import {isPlainMap} from '../patch/plain.ts';
import {type FieldFacts, typeNamed} from '../types.ts';
import {shapeOf} from './shape.ts';

/**
 * The first thing about an applied configuration that does not fit its type, in the words of server-side apply:
 * it has others than the API's decoder. Undefined when all is well.
 */
export function misfit(value: unknown, field: FieldFacts, path = ''): string | undefined {
  if (value === null) return undefined;
  if (field.type.startsWith('[]')) return listMisfit(value, field, path);
  const fields = typeNamed(field.type)?.fields;
  if (!fields && !field.type.startsWith('{}')) return scalarMisfit(value, field.type, path);
  if (!isPlainMap(value)) return `${path}: expected map, got &{${String(value)}}`;
  return first(Object.keys(value).sort(), key => {
    const inner = fields
      ? Object.hasOwn(fields, key)
        ? fields[key]
        : undefined
      : {type: field.type.slice(2)};
    return inner
      ? misfit(value[key], inner, `${path}.${key}`)
      : `${path}.${key}: field not declared in schema`;
  });
}

function listMisfit(value: unknown, field: FieldFacts, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path}: expected list, got &{${String(value)}}`;
  const shape = shapeOf(field);
  const name = shape.kind === 'keyed' ? shape.elementName : undefined;
  const seen = new Set<string>();
  return first(value, (item, index) => {
    const element = name?.(item);
    if (element !== undefined && seen.has(element))
      return `${path}: duplicate entries for key ${shown(element)}`;
    if (element !== undefined) seen.add(element);
    const at = element === undefined ? `[${index}]` : shown(element);
    return misfit(item, {type: field.type.slice(2)}, `${path}${at}`);
  });
}

function scalarMisfit(value: unknown, type: string, path: string): string | undefined {
  const wanted =
    type === 'string' || type === 'byte' ? 'string' : type === 'boolean' ? 'boolean' : numeric(type);
  if (wanted === undefined || typeof value === wanted) return undefined;
  if (wanted !== 'number')
    return `${path}: expected ${wanted}, got &value.valueUnstructured{Value:${JSON.stringify(value)}}`;
  return `${path}: expected numeric (int or float), got ${typeof value === 'boolean' ? 'bool' : typeof value}`;
}

const numeric = (type: string) => (/^(?:int32|int64|double)$/.test(type) ? 'number' : undefined);

/** An element's name as messages have it: [name="web"] */
const shown = (element: string) => {
  const keys = Object.entries(JSON.parse(element.slice(2)) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
};

function first<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
