import {equal} from '../patch/plain.ts';
import type {FieldFacts} from '../types.ts';
import {branches, type FieldSet, noFields, thisField, union} from './field-set.ts';
import {type Part, partsOf} from './shape.ts';

/** All that a value says something about: its leaves, and the elements of its lists. */
export function fieldsOf(value: unknown, field: FieldFacts): FieldSet {
  const parts = partsOf(value, field);
  if (!parts) return thisField;
  return branches(
    parts.map(part => [part.name, withElement(part, fieldsOf(part.value, part.field))] as const),
  );
}

/** What differs between two states of an object. */
export interface Difference {
  /** There before, and with another value or not at all after. */
  changed: FieldSet;
  /** New after. */
  added: FieldSet;
  removed: FieldSet;
}

export function differenceOf(before: unknown, after: unknown, field: FieldFacts): Difference {
  const none = {changed: noFields, added: noFields, removed: noFields};
  if (before === undefined) return {...none, added: withContainers(after, field)};
  if (after === undefined) return {...none, removed: withContainers(before, field)};
  const [left, right] = [partsOf(before, field), partsOf(after, field)];
  if (!left || !right) return equal(before, after) ? none : {...none, changed: thisField};
  const olds = new Map(left.map(part => [part.name, part]));
  const news = new Map(right.map(part => [part.name, part]));
  const found = [...new Map([...olds, ...news])].map(([name, part]) => {
    const difference = differenceOf(olds.get(name)?.value, news.get(name)?.value, part.field);
    return {
      name,
      changed: difference.changed,
      added: olds.has(name) ? difference.added : withElement(part, difference.added),
      removed: news.has(name) ? difference.removed : withElement(part, difference.removed),
    };
  });
  return {
    changed: branches(found.map(({name, changed}) => [name, changed] as const)),
    added: branches(found.map(({name, added}) => [name, added] as const)),
    removed: branches(found.map(({name, removed}) => [name, removed] as const)),
  };
}

/** As `fieldsOf`, with the maps and lists themselves: they came or went too. */
function withContainers(value: unknown, field: FieldFacts): FieldSet {
  const parts = partsOf(value, field);
  if (!parts) return thisField;
  const isContainer = field.type.startsWith('[]') || field.type.startsWith('{}');
  return branches(
    parts.map(part => [part.name, withElement(part, withContainers(part.value, part.field))] as const),
    isContainer && parts.length > 0,
  );
}

/** An element of a list is there for itself, besides its fields. */
const withElement = ({name}: Part, set: FieldSet) => (name.startsWith('f:') ? set : union(set, thisField));
