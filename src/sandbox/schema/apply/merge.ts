import {isPlainMap} from '../patch/plain.ts';
import {inOrder} from '../patch/strategic-list.ts';
import type {FieldFacts} from '../types.ts';
import {difference, type FieldSet, isEmpty, noFields} from './field-set.ts';
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
  const result = new Map(live.map(item => [nameOf(item), item] as const));
  for (const item of applied) {
    const name = nameOf(item);
    result.set(name, shape.kind === 'keyed' ? mergeApplied(result.get(name), item, shape.element) : item);
  }
  return inOrder([...result.values()], applied, live, (a, b) => nameOf(a) === nameOf(b));
}

/**
 * The value without what somebody applied before and does not any more.
 * @param gone what is to go
 * @param kept what somebody holds on to: a map or element with anything of it inside stays
 */
export function withoutFields(value: unknown, field: FieldFacts, gone: FieldSet, kept: FieldSet): unknown {
  const shape = shapeOf(field);
  const goes = (name: string) => {
    const [leaving, staying] = [gone.children.get(name) ?? noFields, kept.children.get(name) ?? noFields];
    return leaving.own && isEmpty(difference(staying, leaving));
  };
  const inner = (name: string, item: unknown, of: FieldFacts) => {
    const leaving = gone.children.get(name);
    return leaving ? withoutFields(item, of, leaving, kept.children.get(name) ?? noFields) : item;
  };
  if (shape.kind === 'map' && isPlainMap(value)) {
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const name = `f:${key}`;
      if (goes(name)) return [];
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
