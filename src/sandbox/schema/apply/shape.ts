import {isPlainMap, type PlainMap} from '../patch/plain.ts';
import {type FieldFacts, typeNamed} from '../types.ts';

/** How server-side apply sees a field: as one thing with one owner, or as parts that have owners of their own. */
export type Shape =
  | {kind: 'leaf'}
  /** Structs, and maps from strings. `fieldOf` is undefined for a field that the struct does not have. */
  | {kind: 'map'; fieldOf: (key: string) => FieldFacts | undefined}
  | {kind: 'set'}
  /** Lists whose elements are told apart by keys. */
  | {kind: 'keyed'; element: FieldFacts; elementName: (item: unknown) => string};

const leaf: Shape = {kind: 'leaf'};

export function shapeOf(field: FieldFacts): Shape {
  const {type} = field;
  if (type.startsWith('[]')) return listShape(field);
  if (field.atomic) return leaf;
  if (type.startsWith('{}')) return {kind: 'map', fieldOf: () => ({type: type.slice(2)})};
  const facts = typeNamed(type);
  const fields = facts?.fields;
  if (!fields || facts.atomic) return leaf;
  return {kind: 'map', fieldOf: key => (Object.hasOwn(fields, key) ? fields[key] : undefined)};
}

function listShape({type, listType, listKeys = []}: FieldFacts): Shape {
  if (listType === 'set') return {kind: 'set'};
  if (listType !== 'map') return leaf;
  const element = {type: type.slice(2)};
  const fields = typeNamed(element.type)?.fields;
  const keys = listKeys.toSorted();
  return {
    kind: 'keyed',
    element,
    elementName: item => {
      const values = isPlainMap(item) ? item : {};
      // A key that is left out has its default: a port's protocol is TCP.
      const named = keys.map(key => [key, values[key] ?? fields?.[key]?.default] as const);
      return `k:${JSON.stringify(Object.fromEntries(named.filter(([, value]) => value !== undefined)))}`;
    },
  };
}

export interface Part {
  /** As in a FieldSet. */
  name: string;
  value: unknown;
  field: FieldFacts;
}

/** The parts of a value. Undefined for what is there as a whole: leaves, and empty maps (but not empty lists). */
export function partsOf(value: unknown, field: FieldFacts): Part[] | undefined {
  const shape = shapeOf(field);
  if (shape.kind === 'map' && isPlainMap(value) && Object.keys(value).length > 0)
    return mapParts(value, shape.fieldOf);
  if (!Array.isArray(value)) return undefined;
  if (shape.kind === 'set')
    return value.map(item => ({name: `v:${JSON.stringify(item)}`, value: item, field: {type: 'any'}}));
  if (shape.kind !== 'keyed') return undefined;
  return value.map(item => ({name: shape.elementName(item), value: item, field: shape.element}));
}

const mapParts = (value: PlainMap, fieldOf: (key: string) => FieldFacts | undefined) =>
  Object.entries(value).map(([key, inner]) => ({
    name: `f:${key}`,
    value: inner,
    field: fieldOf(key) ?? {type: 'any'},
  }));
