import type {ColumnDefinition} from '../../engine/definition.ts';
import {SqlError} from '../../errors.ts';
import {type ColumnType, isText, parseColumnType} from '../column-types.ts';
import type {Cursor} from '../cursor.ts';
import {type Translation, translateExpression} from '../translation.ts';
import {quoteText} from '../values.ts';
import {addForeignKey, parseCheck, writtenExpression} from './constraints.ts';
import {addKey, type DefinitionContext, sameName, type TableParts} from './parts.ts';

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
  const {sql, text} = writtenExpression(translation);
  const stored = cursor.accept('stored') || cursor.accept('persistent');
  if (!stored) cursor.accept('virtual');
  return {sql, text, stored};
}
