import {SqlError} from '../errors.ts';
import type {Cursor} from '../sql/cursor.ts';
import {keyColumns} from '../sql/table-definitions/constraints.ts';
import {checked, partsOf} from './checked-definition.ts';
import {tableName, writableTable} from './named-table.ts';
import {cannotDrop, reshape} from './reshape.ts';
import {type Done, done} from './result.ts';
import type {Session} from './session.ts';

/** CREATE INDEX. @throws SqlError 1061, 1072 */
export async function createIndex(session: Session, cursor: Cursor, unique: boolean): Promise<Done> {
  cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  if (cursor.accept('using')) cursor.name();
  cursor.expect('on');
  const {database, table, definition} = writableTable(session, tableName(cursor), 'INDEX');
  const columns = keyColumns(cursor);
  cursor.end();
  if (definition.keys.some(key => key.name === name))
    throw new SqlError(1061, '42000', `Duplicate key name '${name}'`);
  const parts = {...partsOf(definition), keys: [...definition.keys, {name, unique, columns}]};
  await reshape(session, database, table, {
    ...definition,
    ...checked(session, database, table, parts, {}),
    createdAt: definition.createdAt,
  });
  return done(0, 'Records: 0  Duplicates: 0  Warnings: 0');
}

/** DROP INDEX. @throws SqlError 1091 */
export async function dropIndex(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  cursor.expect('on');
  const {database, table, definition} = writableTable(session, tableName(cursor), 'INDEX');
  cursor.end();
  const keys = definition.keys.filter(key => key.name.toLowerCase() !== name.toLowerCase());
  if (keys.length === definition.keys.length && !optional) throw cannotDrop(session, 'INDEX', name);
  await reshape(session, database, table, {...definition, keys});
  return done(0, 'Records: 0  Duplicates: 0  Warnings: 0');
}
