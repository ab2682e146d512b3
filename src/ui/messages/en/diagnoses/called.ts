import {kindNames, type ObjectRef} from '../../../../world/object.ts';

export const called = (object: ObjectRef | undefined): string =>
  object ? `${kindNames[object.kind]} ${object.name}` : 'The object';

/** "a", "a and b", "a, b and c". */
export const all = (items: readonly string[]): string =>
  new Intl.ListFormat('en-GB', {type: 'conjunction'}).format(items);

/** " Did you mean x?", or nothing. */
export const meant = (nearest: string | undefined): string => (nearest ? ` Did you mean ${nearest}?` : '');
