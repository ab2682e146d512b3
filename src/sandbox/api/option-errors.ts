import {invalid, type StatusCause, type StatusError} from '../status-error.ts';

/** @param kind whose options are wrong, e.g. CreateOptions */
export const wrongOptions = (kind: string, causes: StatusCause[]): StatusError =>
  invalid({group: 'meta.k8s.io', resource: '', kind}, '', causes);

export const notSupported = (field: string, value: unknown, supported: readonly string[]): StatusCause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map(one => JSON.stringify(one)).join(', ')}`,
  field,
});
