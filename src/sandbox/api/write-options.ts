import type {FieldValidation} from '../schema/decode.ts';
import {invalid} from '../status-error.ts';
import type {ApiRequest} from './request.ts';

/** What a create, update or patch carries in its query. */
export interface WriteRequestOptions {
  dryRun: boolean;
  fieldValidation: FieldValidation;
  /** Empty when the client does not say. */
  fieldManager: string;
  /** Of a server-side apply: takes fields from their owners. */
  force: boolean;
}

/**
 * @param kind CreateOptions, UpdateOptions or PatchOptions
 * @throws StatusError 422
 */
export function parseWriteOptions({query}: ApiRequest, kind: string): WriteRequestOptions {
  const fieldValidation = query.get('fieldValidation') || 'Warn';
  if (!isFieldValidation(fieldValidation))
    throw notSupported(kind, 'fieldValidation', JSON.stringify(fieldValidation), [
      '',
      'Ignore',
      'Strict',
      'Warn',
    ]);
  return {
    dryRun: isDryRun(query.getAll('dryRun'), kind),
    fieldValidation,
    fieldManager: query.get('fieldManager') ?? '',
    force: query.get('force') === 'true',
  };
}

/**
 * @param values of dryRun, from a query or DeleteOptions
 * @throws StatusError 422 for another one than All
 */
export function isDryRun(values: readonly string[], kind: string): boolean {
  if (values.some(value => value !== 'All'))
    throw notSupported(kind, 'dryRun', JSON.stringify(values), ['All']);
  return values.length > 0;
}

const isFieldValidation = (value: string): value is FieldValidation =>
  ['Ignore', 'Warn', 'Strict'].includes(value);

function notSupported(kind: string, field: string, value: string, supported: readonly string[]) {
  const message = `Unsupported value: ${value}: supported values: ${supported.map(one => JSON.stringify(one)).join(', ')}`;
  return invalid({group: 'meta.k8s.io', resource: '', kind}, '', [
    {reason: 'FieldValueNotSupported', message, field},
  ]);
}
