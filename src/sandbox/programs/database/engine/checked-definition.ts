import {SqlError} from '../errors.ts';
import type {parseTableOptions} from '../sql/table-definitions/options.ts';
import type {TableParts} from '../sql/table-definitions/parts.ts';
import {type ColumnDefinition, type ForeignKey, findColumn, type TableDefinition} from './definition.ts';
import type {Session} from './session.ts';

/** What was read, as a definition that makes sense. @throws SqlError 1075, 1113, 1072 */
export function checked(
  session: Session,
  database: string,
  table: string,
  parts: TableParts,
  options: ReturnType<typeof parseTableOptions>,
): TableDefinition {
  const {flavour, clock} = session.server;
  if (parts.columns.length === 0) throw new SqlError(1113, '42000', 'A table must have at least 1 column');
  for (const key of parts.keys)
    for (const name of key.columns)
      if (!parts.columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
        throw new SqlError(1072, '42000', `Key column '${name}' doesn't exist in table`);
  const automatic = parts.columns.filter(column => column.autoIncrement);
  const keyed = automatic.every(({name}) =>
    parts.keys.some(key => key.columns[0]?.toLowerCase() === name.toLowerCase()),
  );
  if (automatic.length > 1 || !keyed)
    throw new SqlError(
      1075,
      '42000',
      'Incorrect table definition; there can be only one auto column and it must be defined as a key',
    );
  const columns = parts.columns.map(column => (column.autoIncrement ? {...column, nullable: false} : column));
  for (const key of parts.foreignKeys) checkReference(session, database, table, columns, key);
  const charset = options.charset ?? 'utf8mb4';
  return {
    columns,
    keys: inOrder(parts.keys),
    foreignKeys: parts.foreignKeys,
    checks: parts.checks,
    engine: options.engine ?? 'InnoDB',
    charset,
    collation: options.collation ?? (charset === 'utf8mb4' ? flavour.collation : `${charset}_general_ci`),
    comment: options.comment ?? '',
    createdAt: clock.now(),
  };
}

/** As SHOW CREATE TABLE lists them: the primary key, unique keys, all others. */
const inOrder = (keys: TableParts['keys']) => keys.toSorted((one, other) => rank(one) - rank(other));

const rank = ({name, unique}: TableParts['keys'][number]) => (name === 'PRIMARY' ? 0 : unique ? 1 : 2);

/** A foreign key needs a table with such columns, and a key on them. */
function checkReference(
  session: Session,
  database: string,
  table: string,
  columns: readonly ColumnDefinition[],
  key: ForeignKey,
) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const own = key.database === database && key.table === table;
  const parent = own ? undefined : session.dictionary.find(key.database, key.table);
  const has = (name: string) =>
    own
      ? columns.some(column => column.name.toLowerCase() === name.toLowerCase())
      : parent && findColumn(parent, name);
  if (key.referenced.every(has)) return;
  if (session.server.flavour.name === 'mysql')
    throw new SqlError(1824, 'HY000', `Failed to open the referenced table '${key.table}'`);
  throw new SqlError(
    1005,
    'HY000',
    `Can't create table \`${database}\`.\`${table}\` (errno: 150 "Foreign key constraint is incorrectly formed")`,
  );
}

/** A definition's parts, to be changed. */
export const partsOf = (definition: TableDefinition): TableParts => ({
  columns: [...definition.columns],
  keys: [...definition.keys],
  foreignKeys: [...definition.foreignKeys],
  checks: [...definition.checks],
});
