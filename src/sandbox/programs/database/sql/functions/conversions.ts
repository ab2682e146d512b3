import type {Value} from '../values.ts';

/** Functions by name. NULL among their values is answered before, but for those that see it. */
export type Implementations = Readonly<Record<string, (...values: Value[]) => Value>>;

/** A value as text; NULL as none of it. */
export const string = (value: Value | undefined): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value ?? '');

/** A value's bytes: of a text those of UTF-8. */
export const bytes = (value: Value) =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(string(value));

/** A text's characters. */
export const characters = (value: Value) => [...string(value)];
