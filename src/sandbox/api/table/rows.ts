import type {Stored} from '../../objects.ts';
import {badRequest} from '../../status-error.ts';
import {jsonOf, metadataJson} from '../json.ts';
import type {Table} from './table.ts';

/** What comes with a row's cells. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** @throws StatusError 400 */
export function includeObject(query: URLSearchParams): IncludeObject {
  const asked = query.get('includeObject') ?? '';
  if (asked === '') return 'Metadata';
  if (asked === 'None' || asked === 'Metadata' || asked === 'Object') return asked;
  throw badRequest(`unrecognized includeObject value: "${asked}"`);
}

/** A Table's rows, parted by commas. */
export const rowsJson = <T extends Stored>(
  table: Table<T>,
  objects: readonly T[],
  now: number,
  include: IncludeObject,
): string =>
  objects
    .map(
      object => `{"cells":${JSON.stringify(table.cells(object, now))},"object":${included(object, include)}}`,
    )
    .join(',');

function included(object: Stored, include: IncludeObject): string {
  if (include === 'None') return 'null';
  return include === 'Object' ? jsonOf(object) : metadataJson(object);
}
