import type {ColumnDefinition, ForeignKey, KeyDefinition, TableDefinition} from '../engine/definition.ts';
import {SqlError} from '../errors.ts';
import {type ColumnType, isText, parseColumnType} from './column-types.ts';
import {type Cursor, inParentheses} from './cursor.ts';
import {translateExpression} from './expressions.ts';
import type {Translation} from './translation.ts';
import {quoteText} from './values.ts';

/** The parts of a table that stand in parentheses, as far as they have been read. */
export interface TableParts {
  columns: ColumnDefinition[];
  keys: KeyDefinition[];
  foreignKeys: ForeignKey[];
  checks: {name: string; sql: string; text: string}[];
}

export const noParts = (): TableParts => ({columns: [], keys: [], foreignKeys: [], checks: []});

/** What a translation of definitions needs to know besides. */
export interface DefinitionContext {
  translation: Translation;
  database: string;
  table: string;
}

/** One column, key or constraint. @throws SqlError */
export function parseTablePart(context: DefinitionContext, parts: TableParts) {
  const {cursor} = context.translation;
  if (!parseConstraint(context, parts)) parts.columns.push(parseColumn(context, cursor.name(), parts));
}

/** A key, foreign key or check. @returns false when something else is next */
export function parseConstraint(context: DefinitionContext, parts: TableParts): boolean {
  const {cursor} = context.translation;
  const named = cursor.accept('constraint');
  const symbol =
    named && !/^(primary|unique|foreign|check)$/i.test(cursor.peek().text) ? cursor.name() : undefined;
  if (cursor.accept('primary', 'key')) {
    indexType(cursor);
    addKey(parts, {name: 'PRIMARY', unique: true, columns: keyColumns(cursor)});
    for (const name of parts.keys.at(-1)?.columns ?? [])
      parts.columns = parts.columns.map(column =>
        sameName(column.name, name) ? {...column, nullable: false} : column,
      );
  } else if (cursor.accept('unique')) {
    cursor.accept('key') || cursor.accept('index');
    addKey(parts, parseKey(cursor, true, symbol));
  } else if (cursor.accept('foreign', 'key')) parseForeignKey(context, parts, symbol);
  else if (cursor.accept('check')) parts.checks.push(parseCheck(context, parts, symbol));
  else if (startsKey(cursor)) {
    cursor.accept('fulltext') || cursor.accept('spatial');
    cursor.accept('key') || cursor.accept('index');
    addKey(parts, parseKey(cursor, false, undefined));
  } else return named ? cursor.fail() : false;
  return true;
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const startsKey = (cursor: Cursor) =>
  ['key', 'index', 'fulltext', 'spatial'].some(word => cursor.at(word)) &&
  (cursor.peek(1).text === '(' ||
    !/^(int|varchar|char|text|bigint|date|datetime)$/i.test(cursor.peek(1).text));

function parseKey(cursor: Cursor, unique: boolean, symbol: string | undefined): KeyDefinition {
  const name = cursor.at('(') || cursor.at('using') ? symbol : cursor.name();
  indexType(cursor);
  const columns = keyColumns(cursor);
  return {name: name ?? columns[0] ?? '', unique, columns};
}

function indexType(cursor: Cursor) {
  if (cursor.accept('using')) cursor.name();
}

/** Names in parentheses; lengths and directions are passed over. */
export function keyColumns(cursor: Cursor): string[] {
  const columns = inParentheses(cursor, () => {
    const name = cursor.name();
    if (cursor.at('(')) inParentheses(cursor, () => cursor.integer());
    cursor.accept('asc') || cursor.accept('desc');
    return name;
  });
  indexType(cursor);
  if (cursor.accept('comment')) cursor.text();
  return columns;
}

function addKey(parts: TableParts, key: KeyDefinition) {
  if (key.name === 'PRIMARY' && parts.keys.some(({name}) => name === 'PRIMARY'))
    throw new SqlError(1068, '42000', 'Multiple primary key defined');
  const taken = (name: string) => parts.keys.some(one => sameName(one.name, name));
  let {name} = key;
  for (let number = 2; taken(name) && key.name === key.columns[0]; number++) name = `${key.name}_${number}`;
  if (taken(name)) throw new SqlError(1061, '42000', `Duplicate key name '${name}'`);
  parts.keys.push({...key, name});
}

function parseForeignKey(context: DefinitionContext, parts: TableParts, symbol: string | undefined) {
  const {cursor} = context.translation;
  const index = cursor.at('(') ? undefined : cursor.name();
  const columns = keyColumns(cursor);
  addForeignKey(context, parts, symbol, columns);
  const covered = parts.keys.some(key => columns.every((name, at) => sameName(key.columns[at] ?? '', name)));
  if (!covered) addKey(parts, {name: symbol ?? index ?? columns[0] ?? '', unique: false, columns});
}

/** From REFERENCES on. */
function addForeignKey(
  context: DefinitionContext,
  parts: TableParts,
  symbol: string | undefined,
  columns: string[],
) {
  const {translation, database, table} = context;
  const {cursor} = translation;
  cursor.expect('references');
  const first = cursor.name();
  const place = cursor.accept('.') ? {database: first, table: cursor.name()} : {database, table: first};
  const referenced = cursor.at('(') ? keyColumns(cursor) : columns;
  const actions = {onDelete: 'RESTRICT', onUpdate: 'RESTRICT'};
  while (cursor.accept('on')) {
    const which = cursor.accept('delete') ? 'onDelete' : 'onUpdate';
    if (which === 'onUpdate') cursor.expect('update');
    actions[which] = referenceAction(cursor);
  }
  const name = symbol ?? `${table}_ibfk_${parts.foreignKeys.length + 1}`;
  parts.foreignKeys.push({name, columns, ...place, referenced, ...actions});
}

function referenceAction(cursor: Cursor): string {
  if (cursor.accept('set', 'null')) return 'SET NULL';
  if (cursor.accept('set', 'default')) return 'SET DEFAULT';
  if (cursor.accept('no', 'action')) return 'NO ACTION';
  if (cursor.accept('cascade')) return 'CASCADE';
  cursor.expect('restrict');
  return 'RESTRICT';
}

function parseCheck({translation, table}: DefinitionContext, parts: TableParts, symbol: string | undefined) {
  const {cursor} = translation;
  cursor.expect('(');
  const start = cursor.peek().start;
  const {sql} = translateExpression(translation);
  const text = cursor.sql.slice(start, cursor.peek().start).trim();
  cursor.expect(')');
  const generic = cursor.flavour.name === 'mariadb' ? 'CONSTRAINT_' : `${table}_chk_`;
  return {name: symbol ?? `${generic}${parts.checks.length + 1}`, sql, text};
}

/** A column's type and what follows it. Keys that are declared with it go into `parts`. */
export function parseColumn(context: DefinitionContext, name: string, parts: TableParts): ColumnDefinition {
  const {cursor} = context.translation;
  if (parts.columns.some(column => sameName(column.name, name)))
    throw new SqlError(1060, '42S21', `Duplicate column name '${name}'`);
  const serial = cursor.at('serial');
  const type = parseColumnType(cursor);
  const column: ColumnDefinition = {
    name,
    type,
    nullable: !serial,
    autoIncrement: serial,
    onUpdateNow: false,
    comment: '',
  };
  if (serial) addKey(parts, {name, unique: true, columns: [name]});
  while (columnOption(context, column, parts));
  return column;
}

function columnOption(context: DefinitionContext, column: ColumnDefinition, parts: TableParts): boolean {
  const {cursor} = context.translation;
  const {name} = column;
  if (cursor.accept('not', 'null')) column.nullable = false;
  else if (cursor.accept('null')) column.nullable = true;
  else if (cursor.accept('default')) column.default = parseDefault(context.translation, column.type);
  else if (cursor.accept('on', 'update')) column.onUpdateNow = nowExpression(cursor) || cursor.fail();
  else if (cursor.accept('auto_increment')) column.autoIncrement = true;
  else if (cursor.accept('primary', 'key') || cursor.accept('key')) {
    column.nullable = false;
    addKey(parts, {name: 'PRIMARY', unique: true, columns: [name]});
  } else if (cursor.accept('unique')) {
    cursor.accept('key');
    addKey(parts, {name, unique: true, columns: [name]});
  } else if (cursor.accept('comment')) column.comment = cursor.text();
  else if (cursor.accept('character', 'set') || cursor.accept('charset')) column.charset = cursor.text();
  else if (cursor.accept('collate')) column.collation = cursor.text();
  else if (cursor.at('references')) {
    addForeignKey(context, parts, undefined, [name]);
    addKey(parts, {name, unique: false, columns: [name]});
  } else if (cursor.accept('check')) parts.checks.push(parseCheck(context, parts, undefined));
  else if (cursor.accept('generated', 'always', 'as') || cursor.accept('as'))
    column.generated = parseGenerated(context.translation);
  else return ['binary', 'ascii', 'unicode', 'invisible', 'visible'].some(word => cursor.accept(word));
  return true;
}

function parseDefault(translation: Translation, type: ColumnType): NonNullable<ColumnDefinition['default']> {
  const {cursor} = translation;
  if (nowExpression(cursor)) {
    const text = cursor.flavour.name === 'mariadb' ? 'current_timestamp()' : 'CURRENT_TIMESTAMP';
    return {sql: 'CURRENT_TIMESTAMP', text, quoted: false};
  }
  const token = cursor.peek();
  if (token.kind === 'string') {
    cursor.next();
    return {sql: quoteText(token.text), text: token.text, quoted: true};
  }
  const {sql} = translateExpression(translation);
  const text = cursor.sql.slice(token.start, cursor.peek(-1).end);
  if (/^null$/i.test(text)) return {sql: 'NULL', text: 'NULL', quoted: false};
  const boolean = /^(true|false)$/i.test(text);
  return {sql, text: boolean ? sql : text, quoted: isText(type) || cursor.flavour.name === 'mysql'};
}

/** CURRENT_TIMESTAMP or now(), with or without parentheses and digits. */
function nowExpression(cursor: Cursor): boolean {
  if (!/^(current_timestamp|now|localtime|localtimestamp)$/i.test(cursor.peek().text)) return false;
  cursor.next();
  if (cursor.accept('(')) {
    if (!cursor.at(')')) cursor.integer();
    cursor.expect(')');
  }
  return true;
}

function parseGenerated(translation: Translation): NonNullable<ColumnDefinition['generated']> {
  const {cursor} = translation;
  cursor.expect('(');
  const start = cursor.peek().start;
  const {sql} = translateExpression(translation);
  const text = cursor.sql.slice(start, cursor.peek().start).trim();
  cursor.expect(')');
  const stored = cursor.accept('stored') || cursor.accept('persistent');
  if (!stored) cursor.accept('virtual');
  return {sql, text, stored};
}

/** ENGINE=…, CHARSET=… and the like, behind the parentheses. `nextId` is AUTO_INCREMENT. */
export function parseTableOptions(
  cursor: Cursor,
): Partial<Pick<TableDefinition, 'engine' | 'charset' | 'collation' | 'comment'>> & {nextId?: bigint} {
  const options: ReturnType<typeof parseTableOptions> = {};
  for (;;) {
    cursor.accept(',');
    cursor.accept('default');
    if (cursor.accept('engine')) options.engine = engineName(optionValue(cursor));
    else if (cursor.accept('character', 'set') || cursor.accept('charset'))
      options.charset = optionValue(cursor);
    else if (cursor.accept('collate')) options.collation = optionValue(cursor);
    else if (cursor.accept('comment')) options.comment = optionValue(cursor);
    else if (cursor.accept('auto_increment')) options.nextId = BigInt(optionValue(cursor));
    else if (otherOptions.some(name => cursor.accept(name))) optionValue(cursor);
    else return options;
  }
}

const otherOptions = (
  'row_format avg_row_length max_rows min_rows checksum delay_key_write pack_keys stats_persistent page_checksum ' +
  'stats_auto_recalc key_block_size transactional'
).split(' ');

function optionValue(cursor: Cursor): string {
  cursor.accept('=');
  return cursor.peek().kind === 'number' ? String(cursor.integer()) : cursor.text();
}

function engineName(name: string): string {
  const known = ['InnoDB', 'MyISAM', 'Aria', 'MEMORY', 'CSV', 'ARCHIVE', 'BLACKHOLE'];
  const found = known.find(one => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new SqlError(1286, '42000', `Unknown storage engine '${name}'`);
  return found;
}
