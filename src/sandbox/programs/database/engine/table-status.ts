import {dateTimeText} from '../sql/dates.ts';
import type {Value} from '../sql/values.ts';
import type {TableDefinition} from './definition.ts';
import type {Session} from './session.ts';

/** From Auto_increment to Create_options, as SHOW TABLE STATUS and information_schema.tables have them. */
export const statusFromAutoIncrement = (
  {dictionary}: Session,
  database: string,
  table: string,
  definition: TableDefinition,
): Value[] => [
  definition.columns.some(column => column.autoIncrement) ? dictionary.nextId(database, table) : null,
  dateTimeText(definition.createdAt),
  null,
  null,
  definition.collation,
  null,
  '',
];
