import {isDeepStrictEqual} from 'node:util';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {forbidden, invalid, tooLong} from './field-errors.ts';
import {configKey} from './names.ts';

export const configMaps: Strategy<Of<'configmaps'>> = {
  validate({data = {}, binaryData = {}}) {
    return [
      ...Object.keys(data).flatMap(key => [
        ...validateKey(key, `data[${key}]`),
        ...(key in binaryData
          ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')]
          : []),
      ]),
      ...Object.keys(binaryData).flatMap(key => validateKey(key, `binaryData[${key}]`)),
      ...validateSize(
        [...Object.values(data).map(utf8Size), ...Object.values(binaryData).map(base64Size)],
        '',
      ),
    ];
  },
  validateUpdate: (configMap, before) => validateFrozen(configMap, before, ['data', 'binaryData']),
};

/** Of Secrets, too. */
export const validateKey = (key: string, field: string): StatusCause[] =>
  configKey(key).map(said => invalid(field, key, said));

/** In bytes, of all values together. Of Secrets, too. */
const mostData = 1024 * 1024;

export const validateSize = (sizes: readonly number[], field: string): StatusCause[] =>
  sizes.reduce((sum, size) => sum + size, 0) > mostData ? [tooLong(field, mostData)] : [];

const utf8Size = (text: string) => Buffer.byteLength(text);
export const base64Size = (text: string) => Buffer.byteLength(text, 'base64');

interface Freezable {
  immutable?: boolean;
}

/** What is marked as immutable changes neither its data nor the mark. Of Secrets, too. */
export function validateFrozen<T extends Freezable>(
  object: T,
  before: T,
  fields: readonly (keyof T & string)[],
): StatusCause[] {
  if (!before.immutable) return [];
  const changed = fields.filter(field => !isDeepStrictEqual(object[field], before[field]));
  return [...(object.immutable ? [] : ['immutable']), ...changed].map(field =>
    forbidden(field, 'field is immutable when `immutable` is set'),
  );
}
