import {isPlainMap} from '../patch/plain.ts';
import type {FieldFacts} from '../types.ts';
import {type FieldSet, isEmpty, noFields} from './field-set.ts';
import {shapeOf} from './shape.ts';

/** The live value with an applied configuration laid over it. */
export function mergeApplied(live: unknown, applied: unknown, field: FieldFacts): unknown {
  const shape = shapeOf(field);
  if (shape.kind === 'map' && isPlainMap(live) && isPlainMap(applied)) {
    const result = new Map(Object.entries(live));
    for (const [key, value] of Object.entries(applied))
      result.set(key, mergeApplied(result.get(key), value, shape.fieldOf(key) ?? {type: 'any'}));
    return Object.fromEntries(result);
  }
  if (!Array.isArray(live) || !Array.isArray(applied) || (shape.kind !== 'set' && shape.kind !== 'keyed'))
    return applied;
  const nameOf = shape.kind === 'keyed' ? shape.elementName : (item: unknown) => JSON.stringify(item);
  const [lives, changes] = [live, applied].map(
    list => new Map(list.map(item => [nameOf(item), item] as const)),
  );
  return interleaved([...(lives?.keys() ?? [])], [...(changes?.keys() ?? [])]).map(name => {
    if (!changes?.has(name)) return lives?.get(name);
    return shape.kind === 'keyed'
      ? mergeApplied(lives?.get(name), changes.get(name), shape.element)
      : changes.get(name);
  });
}

/**
 * Elements come in the order of the configuration. Those that only live are put in as the two lists are walked
 * together; the walk passes over what the configuration has further on.
 */
function interleaved(live: readonly string[], applied: readonly string[]): string[] {
  const result: string[] = [];
  const rest = [...applied];
  for (const name of live) {
    if (!applied.includes(name)) {
      result.push(name);
      continue;
    }
    const known = rest.findIndex(one => live.includes(one));
    result.push(...rest.splice(0, Math.max(known, 0)));
    if (name === rest[0]) result.push(...rest.splice(0, 1));
  }
  return [...result, ...rest];
}

/**
 * The value without what somebody applied before and does not any more.
 * An element goes with all that others have put into it, a map only when nobody keeps anything in it. What
 * becomes empty goes too.
 */
export function withoutFields(value: unknown, field: FieldFacts, gone: FieldSet, kept: FieldSet): unknown {
  const shape = shapeOf(field);
  const goes = (name: string) => gone.children.get(name)?.own === true;
  const keptIn = (name: string) => kept.children.get(name) ?? noFields;
  const inner = (name: string, item: unknown, of: FieldFacts) => {
    const leaving = gone.children.get(name);
    return leaving ? withoutFields(item, of, leaving, keptIn(name)) : item;
  };
  if (shape.kind === 'map' && isPlainMap(value)) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const name = `f:${key}`;
      if (goes(name) && isEmpty(keptIn(name))) return [];
      const rest = inner(name, item, shape.fieldOf(key) ?? {type: 'any'});
      return isHollow(rest) && !isHollow(item) ? [] : [[key, rest] as const];
    });
    return Object.fromEntries(entries);
  }
  if (!Array.isArray(value)) return value;
  if (shape.kind === 'set') return value.filter(item => !goes(`v:${JSON.stringify(item)}`));
  if (shape.kind !== 'keyed') return value;
  return value.flatMap(item => {
    const name = shape.elementName(item);
    return goes(name) ? [] : [inner(name, item, shape.element)];
  });
}

const isHollow = (value: unknown) =>
  Array.isArray(value) ? value.length === 0 : isPlainMap(value) && Object.keys(value).length === 0;
