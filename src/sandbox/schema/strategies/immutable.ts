import {isDeepStrictEqual} from 'node:util';
import type {StatusCause} from '../../status-error.ts';
import {invalid} from './field-errors.ts';

/** @param shown how the new value is told, where that is not how it is written */
export const immutable = (
  field: string,
  value: unknown,
  before: unknown,
  shown: unknown = value,
): StatusCause[] =>
  isDeepStrictEqual(value, before) ? [] : [invalid(field, shown ?? null, 'field is immutable')];
