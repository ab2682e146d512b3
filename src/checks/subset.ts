import type {Json, JsonMap} from '../world/object.ts';

/** A field that is not as wanted; `found` is undefined when it is not there. */
export interface Difference {
  path: string;
  wanted: Json;
  found: Json | undefined;
}

/**
 * Is this partial manifest part of that object? Every field given must be so; each item of a list must be
 * found in an item of the list there (each in another one), wherever that stands. All differences come
 * back, in the manifest's order; for a list item those of the item that comes closest.
 */
export function differences(wanted: Json, found: Json | undefined, path = ''): Difference[] {
  if (isList(wanted)) return isList(found) ? listDifferences(wanted, found, path) : [{path, wanted, found}];
  if (isMap(wanted)) {
    if (!isMap(found) && Object.keys(wanted).length === 0)
      return found === undefined ? [{path, wanted, found}] : [];
    const inside = isMap(found) ? found : {};
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, inside[key], joined(path, key)),
    );
  }
  return wanted === found ? [] : [{path, wanted, found}];
}

function listDifferences(wanted: Json[], found: Json[], path: string): Difference[] {
  const free = found.map((_, index) => index);
  const results: Difference[][] = [];
  // Those that ask for most choose first, or one that asks for little might take the only item that fits them.
  const order = wanted.map((item, place) => ({item, place})).sort((a, b) => leaves(b.item) - leaves(a.item));
  for (const {item, place} of order) {
    const candidates = free.map(index => ({
      index,
      differences: differences(item, found[index], itemPath(path, item, index)),
    }));
    const [best] = candidates.sort((a, b) => weight(item, a.differences) - weight(item, b.differences));
    if (best && isAnother(item, found[best.index])) {
      results[place] = [{path: itemPath(path, item, best.index), wanted: item, found: undefined}];
      continue;
    }
    if (best) free.splice(free.indexOf(best.index), 1);
    results[place] = best?.differences ?? [{path: `${path}[]`, wanted: item, found: undefined}];
  }
  return results.flat();
}

/** A condition of another type, or a taint of another key, does not stand where the wanted one should. */
const isAnother = (wanted: Json, found: Json | undefined): boolean =>
  isMap(wanted) &&
  isMap(found) &&
  Object.keys(wanted).length > 1 &&
  ['type', 'key'].some(key => typeof wanted[key] === 'string' && wanted[key] !== found[key]);

const leaves = (value: Json): number =>
  isList(value) || isMap(value)
    ? Object.values(value).reduce<number>((sum, inner) => sum + leaves(inner), 0)
    : 1;

/** An item that differs in what names it (its name, its type) is the wrong one, however alike the rest is. */
function weight(wanted: Json, found: Difference[]): number {
  const key = isMap(wanted) ? naming.find(name => name in wanted) : undefined;
  return found.reduce((sum, {path}) => sum + (key && path.endsWith(`].${key}`) ? 100 : 1), 0);
}

const naming = ['name', 'type', 'key', 'mountPath', 'image'];

function itemPath(path: string, item: Json, index: number): string {
  const key = isMap(item) ? naming.find(name => typeof item[name] === 'string') : undefined;
  return key && isMap(item) && Object.keys(item).length > 1
    ? `${path}[${key}=${String(item[key])}]`
    : `${path}[${index}]`;
}

const joined = (path: string, key: string) => {
  const name = /^[\w-]+$/.test(key) ? key : `'${key}'`;
  if (name !== key) return `${path}[${name}]`;
  return path ? `${path}.${key}` : key;
};
const isList = (value: Json | undefined): value is Json[] => Array.isArray(value);
const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !isList(value);
