import type {FieldValidation} from '../schema/decode.ts';
import type {StatusCause} from '../status-error.ts';
import {notSupported, wrongOptions} from './option-errors.ts';
import type {ApiRequest} from './request.ts';

/** What a create, update or patch carries in its query. */
export interface WriteRequestOptions {
  dryRun: boolean;
  fieldValidation: FieldValidation;
  /** Who owns what is written: what the query says, else the client's name. */
  manager: string;
  /** Of a server-side apply: takes fields from their owners. */
  force: boolean;
}

/**
 * @param kind CreateOptions, UpdateOptions or PatchOptions
 * @throws StatusError 422
 */
export function parseWriteOptions(request: ApiRequest, kind: string): WriteRequestOptions {
  const {query, headers} = request;
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') || 'Warn';
  const manager = query.get('fieldManager') ?? '';
  const causes = [
    ...(kind === 'PatchOptions' ? applyCauses(request, manager) : []),
    ...(manager.length > longestManager ? [tooLong('fieldManager', longestManager)] : []),
    ...dryRunCauses(dryRun),
    ...(isFieldValidation(validation) ? [] : [notSupported('fieldValidation', validation, validations)]),
  ];
  if (causes.length > 0 || !isFieldValidation(validation)) throw wrongOptions(kind, causes);
  return {
    dryRun: dryRun.length > 0,
    fieldValidation: validation,
    manager: manager || clientName(headers['user-agent']),
    force: query.get('force') === 'true',
  };
}

/**
 * @param values of dryRun in DeleteOptions
 * @throws StatusError 422 for another one than All
 */
export function isDryRun(values: readonly string[]): boolean {
  const causes = dryRunCauses(values);
  if (causes.length > 0) throw wrongOptions('DeleteOptions', causes);
  return values.length > 0;
}

export const isApply = ({headers}: ApiRequest): boolean =>
  headers['content-type']?.startsWith('application/apply-patch+yaml') ?? false;

function applyCauses(request: ApiRequest, manager: string): StatusCause[] {
  if (isApply(request)) return manager === '' ? [managerRequired] : [];
  return request.query.has('force') ? [forceForbidden] : [];
}

const managerRequired: StatusCause = {
  reason: 'FieldValueRequired',
  message: 'Required value: is required for apply patch',
  field: 'fieldManager',
};
const forceForbidden: StatusCause = {
  reason: 'FieldValueForbidden',
  message: 'Forbidden: may not be specified for non-apply patch',
  field: 'force',
};

const dryRunCauses = (values: readonly string[]): StatusCause[] =>
  values.every(value => value === 'All') ? [] : [notSupported('dryRun', values, ['All'])];

const validations = ['', 'Ignore', 'Strict', 'Warn'];
const isFieldValidation = (value: string): value is FieldValidation => validations.slice(1).includes(value);

/** Bytes. */
const longestManager = 128;
const tooLong = (field: string, most: number): StatusCause => ({
  reason: 'FieldValueTooLong',
  message: `Too long: may not be more than ${most} bytes`,
  field,
});

/** kubectl/v1.35.4 (linux/amd64) … is kubectl. */
const clientName = (userAgent = '') => userAgent.split('/')[0]?.slice(0, longestManager) || 'unknown';
