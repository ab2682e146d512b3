/** What is wrong with a field, in the words of Kubernetes' field errors. `field` is a path: spec.ports[0].port. */
import type {StatusCause} from '../../status-error.ts';

export const required = (field: string, detail = ''): StatusCause =>
  cause('FieldValueRequired', field, detail === '' ? 'Required value' : `Required value: ${detail}`);

export const invalid = (field: string, value: unknown, detail: string): StatusCause =>
  cause('FieldValueInvalid', field, `Invalid value: ${shown(value)}: ${detail}`);

/** @param supported in the order in which they are to be told */
export const notSupported = (field: string, value: unknown, supported: readonly string[]): StatusCause =>
  cause(
    'FieldValueNotSupported',
    field,
    `Unsupported value: ${shown(value)}: supported values: ${supported.map(one => `"${one}"`).join(', ')}`,
  );

export const forbidden = (field: string, detail: string): StatusCause =>
  cause('FieldValueForbidden', field, `Forbidden: ${detail}`);

export const duplicate = (field: string, value: unknown): StatusCause =>
  cause('FieldValueDuplicate', field, `Duplicate value: ${shown(value)}`);

export const notFound = (field: string, value: unknown): StatusCause =>
  cause('FieldValueNotFound', field, `Not found: ${shown(value)}`);

export const tooLong = (field: string, most: number): StatusCause =>
  cause('FieldValueTooLong', field, `Too long: may not be more than ${most} bytes`);

const cause = (reason: string, field: string, message: string): StatusCause => ({reason, message, field});

/** As Go's JSON has it, where <, > and & are escaped in objects but not in bare strings. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  return JSON.stringify(value ?? null).replaceAll(
    /[<>&]/g,
    sign => `\\u00${sign.charCodeAt(0).toString(16)}`,
  );
};
