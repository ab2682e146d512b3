import {forbiddenValue, invalidValue, required, tooLong} from '../../registry/causes.ts';
import type {StatusCause} from '../../status-error.ts';

/** What is wrong with a field, in the words of Kubernetes' field errors. `field` is a path: spec.ports[0].port. */
export {forbiddenValue as forbidden, invalidValue as invalid, required, tooLong};

/** @param supported in the order in which they are to be told */
export const notSupported = (field: string, value: unknown, supported: readonly string[]): StatusCause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${shown(value)}: supported values: ${supported.map(shown).join(', ')}`,
  field,
});

export const duplicate = (field: string, value: unknown): StatusCause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${shown(value)}`,
  field,
});

export const notFound = (field: string, value: unknown): StatusCause => ({
  reason: 'FieldValueNotFound',
  message: `Not found: ${shown(value)}`,
  field,
});

const shown = (value: unknown) => JSON.stringify(value);
