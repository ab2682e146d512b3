import {type Cursor, listOf} from '../../sql/cursor.ts';
import {parseTableOptions} from '../../sql/table-definitions/options.ts';
import {checked, partsOf} from '../checked-definition.ts';
import {tableName, writableTable} from '../named-table.ts';
import {translationFor} from '../query.ts';
import {renameTable} from '../rename-table.ts';
import {reshape} from '../reshape.ts';
import {type Done, done} from '../result.ts';
import type {Session} from '../session.ts';
import {defaultSql} from '../storage.ts';
import {add, drop} from './add-and-drop.ts';
import type {Alteration} from './alteration.ts';
import {alterColumn, change} from './change-columns.ts';
import {rename} from './rename.ts';

/** ALTER TABLE. @throws SqlError */
export async function alterTable(session: Session, cursor: Cursor): Promise<Done> {
  const {database, table, definition} = writableTable(session, tableName(cursor), 'ALTER');
  const alteration: Alteration = {
    session,
    translation: translationFor(session, cursor, []),
    database,
    table,
    parts: partsOf(definition),
    origins: new Map(definition.columns.map(({name}) => [name, name])),
    options: {},
  };
  listOf(cursor, () => alter(alteration));
  cursor.end();
  const {parts, origins, options, renamed} = alteration;
  const {engine, charset, collation, comment, createdAt} = definition;
  const next = {
    ...checked(session, database, table, parts, {engine, charset, collation, comment, ...options}),
    createdAt,
  };
  if (JSON.stringify(next) !== JSON.stringify(definition))
    await reshape(session, database, table, next, origins, defaultSql);
  if (options.nextId !== undefined) session.dictionary.setNextId(database, table, options.nextId);
  if (renamed) await renameTable(session, {database, table}, renamed);
  return done(0, 'Records: 0  Duplicates: 0  Warnings: 0');
}

function alter(alteration: Alteration) {
  const {cursor} = alteration.translation;
  if (cursor.accept('add')) add(alteration);
  else if (cursor.accept('drop')) drop(alteration);
  else if (cursor.accept('modify')) change(alteration, false);
  else if (cursor.accept('change')) change(alteration, true);
  else if (cursor.accept('rename')) rename(alteration);
  else if (cursor.accept('alter')) alterColumn(alteration);
  else if (cursor.accept('convert', 'to'))
    alteration.options = {...alteration.options, ...parseTableOptions(cursor)};
  else if (cursor.accept('disable', 'keys') || cursor.accept('enable', 'keys') || cursor.accept('force'))
    return;
  else if (cursor.accept('order', 'by')) listOf(cursor, () => cursor.name());
  else if (cursor.accept('algorithm', '=') || cursor.accept('lock', '=')) cursor.name();
  else {
    const before = cursor.peek();
    alteration.options = {...alteration.options, ...parseTableOptions(cursor)};
    if (cursor.peek() === before) cursor.fail();
  }
}
