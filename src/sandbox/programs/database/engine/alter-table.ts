import {type Cursor, listOf} from '../sql/cursor.ts';
import {parseColumn} from '../sql/table-definitions/columns.ts';
import {parseConstraint} from '../sql/table-definitions/constraints.ts';
import {parseTableOptions} from '../sql/table-definitions/options.ts';
import type {DefinitionContext, TableParts} from '../sql/table-definitions/parts.ts';
import {checked, partsOf} from './checked-definition.ts';
import type {ColumnDefinition} from './definition.ts';
import {splitName, tableName, writableTable} from './named-table.ts';
import {translationFor} from './query.ts';
import {renameTable} from './rename-table.ts';
import {cannotDrop, missingColumn, reshape} from './reshape.ts';
import {type Done, done} from './result.ts';
import type {Session} from './session.ts';
import {defaultSql} from './storage.ts';

/** What an ALTER TABLE changes, one step after the other. */
interface Alteration extends DefinitionContext {
  session: Session;
  parts: TableParts;
  /** By new name, the old one of each column that was there before. */
  origins: Map<string, string>;
  options: ReturnType<typeof parseTableOptions>;
  renamed?: {database: string; table: string};
}

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

function add(alteration: Alteration) {
  const {translation, parts} = alteration;
  const {cursor} = translation;
  if (parseConstraint(alteration, parts)) return;
  cursor.accept('column');
  if (cursor.accept('(')) {
    listOf(cursor, () => addColumn(alteration));
    cursor.expect(')');
  } else addColumn(alteration);
}

function addColumn(alteration: Alteration) {
  const {translation, parts} = alteration;
  const {cursor} = translation;
  const optional = cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  const there = parts.columns.some(column => sameName(column.name, name));
  const column = parseColumn(alteration, optional && there ? `#${name}` : name, parts);
  const at = position(alteration, parts.columns.length);
  if (!(optional && there)) parts.columns.splice(at, 0, column);
}

/** FIRST or AFTER column; else where it says. */
function position({session, translation: {cursor}, parts, table}: Alteration, otherwise: number): number {
  if (cursor.accept('first')) return 0;
  if (!cursor.accept('after')) return otherwise;
  const name = cursor.name();
  const at = parts.columns.findIndex(column => sameName(column.name, name));
  if (at < 0) throw missingColumn(session, name, table);
  return at + 1;
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function drop(alteration: Alteration) {
  const {session, translation, parts, origins} = alteration;
  const {cursor} = translation;
  if (cursor.accept('primary', 'key')) return dropKey(alteration, 'PRIMARY', false);
  if (cursor.accept('index') || cursor.accept('key'))
    return dropKey(alteration, nameAfter(cursor), cursor.peek(-3).text.toLowerCase() === 'if');
  if (cursor.accept('foreign', 'key') || cursor.accept('constraint') || cursor.accept('check')) {
    const name = nameAfter(cursor);
    const before = parts.foreignKeys.length + parts.checks.length;
    parts.foreignKeys = parts.foreignKeys.filter(key => key.name !== name);
    parts.checks = parts.checks.filter(check => check.name !== name);
    if (parts.foreignKeys.length + parts.checks.length === before)
      throw cannotDrop(session, 'FOREIGN KEY', name);
    return;
  }
  cursor.accept('column');
  const optional = cursor.at('if');
  const name = nameAfter(cursor);
  const at = parts.columns.findIndex(column => sameName(column.name, name));
  if (at < 0) {
    if (optional) return;
    throw cannotDrop(session, 'COLUMN', name);
  }
  const [dropped] = parts.columns.splice(at, 1);
  origins.delete(dropped?.name ?? '');
  parts.keys = parts.keys
    .map(key => ({...key, columns: key.columns.filter(column => !sameName(column, name))}))
    .filter(key => key.columns.length > 0);
}

function nameAfter(cursor: Cursor): string {
  cursor.accept('if', 'exists');
  return cursor.name();
}

function dropKey({session, parts}: Alteration, name: string, optional: boolean) {
  const kept = parts.keys.filter(key => !sameName(key.name, name));
  if (kept.length === parts.keys.length && !optional) throw cannotDrop(session, 'INDEX', name);
  parts.keys = kept;
}

/** MODIFY column type …, and CHANGE old new type … */
function change(alteration: Alteration, withName: boolean) {
  const {session, translation, parts, origins, table} = alteration;
  const {cursor} = translation;
  cursor.accept('column');
  const oldName = nameAfter(cursor);
  const newName = withName ? cursor.name() : oldName;
  const at = parts.columns.findIndex(column => sameName(column.name, oldName));
  const [old] = at < 0 ? [] : parts.columns.splice(at, 1);
  if (!old) throw missingColumn(session, oldName, table);
  const column = parseColumn(alteration, newName, parts);
  const isKey = parts.keys.some(
    key => key.name === 'PRIMARY' && key.columns.some(name => sameName(name, old.name)),
  );
  parts.columns.splice(position(alteration, at), 0, isKey ? {...column, nullable: false} : column);
  followName(parts, origins, old.name, newName);
}

/** Keys and values follow a column to its new name. */
function followName(parts: TableParts, origins: Map<string, string>, from: string, to: string) {
  const follow = (names: readonly string[]) => names.map(name => (sameName(name, from) ? to : name));
  parts.keys = parts.keys.map(key => ({...key, columns: follow(key.columns)}));
  parts.foreignKeys = parts.foreignKeys.map(key => ({...key, columns: follow(key.columns)}));
  const origin = origins.get(from);
  origins.delete(from);
  if (origin !== undefined) origins.set(to, origin);
}

function rename(alteration: Alteration) {
  const {session, translation, parts, origins, table} = alteration;
  const {cursor} = translation;
  if (cursor.accept('column')) {
    const from = cursor.name();
    cursor.expect('to');
    const to = cursor.name();
    const at = parts.columns.findIndex(column => sameName(column.name, from));
    const old = parts.columns[at];
    if (!old) throw missingColumn(session, from, table);
    parts.columns[at] = {...old, name: to};
    followName(parts, origins, old.name, to);
  } else if (cursor.accept('index') || cursor.accept('key')) {
    const from = cursor.name();
    cursor.expect('to');
    const to = cursor.name();
    if (!parts.keys.some(key => sameName(key.name, from))) throw cannotDrop(session, 'INDEX', from);
    parts.keys = parts.keys.map(key => (sameName(key.name, from) ? {...key, name: to} : key));
  } else {
    cursor.accept('to') || cursor.accept('as');
    alteration.renamed = splitName(session, tableName(cursor));
  }
}

/** ALTER column SET DEFAULT … or DROP DEFAULT */
function alterColumn(alteration: Alteration) {
  const {session, translation, parts, table} = alteration;
  const {cursor} = translation;
  cursor.accept('column');
  const name = cursor.name();
  const at = parts.columns.findIndex(column => sameName(column.name, name));
  const old: ColumnDefinition | undefined = parts.columns[at];
  if (!old) throw missingColumn(session, name, table);
  const {default: _, ...rest} = old;
  if (cursor.accept('drop', 'default')) parts.columns[at] = rest;
  else {
    cursor.expect('set', 'default');
    const token = cursor.next();
    const sql = token.kind === 'string' ? `'${token.text.replaceAll("'", "''")}'` : token.text;
    parts.columns[at] = {...rest, default: {sql, text: token.text, quoted: token.kind === 'string'}};
  }
}
