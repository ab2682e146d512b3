import type {StatusCause} from '../../status-error.ts';
import {notSupported} from './field-errors.ts';

/** The value must be one of a few; they are told in alphabetical order unless they are `inOrder`. */
export function oneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
  {inOrder = false} = {},
): StatusCause[] {
  if (value !== undefined && supported.includes(value)) return [];
  return [notSupported(field, value ?? '', inOrder ? supported : supported.toSorted())];
}
