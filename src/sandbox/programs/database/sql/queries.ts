import {kindsOf, storedName} from '../engine/definition.ts';
import {noDatabase, notSimulated, SqlError} from '../errors.ts';
import {inParentheses, listOf} from './cursor.ts';
import {startsQuery, translateExpression, translateList} from './expressions.ts';
import {translateOrder} from './function-calls.ts';
import {inClause, type Piece, type Scope, type ScopedTable, type Translation} from './translation.ts';
import {type Kind, quoteName, text} from './values.ts';

/** A query in SQLite's words, and the columns that it gives: one for a wildcard, too, named *. */
export interface Query {
  sql: string;
  columns: readonly QueryColumn[];
}
export interface QueryColumn {
  name: string;
  kind(): Kind;
}

/** SELECT, with all that may stand around it: WITH, UNION, ORDER BY, LIMIT. @throws SqlError */
export function translateQuery(translation: Translation): Query {
  const {cursor} = translation;
  const common = cursor.accept('with') ? commonTables(translation) : '';
  const first = queryTerm(translation);
  let sql = first.sql;
  for (let operator = setOperator(translation); operator; operator = setOperator(translation))
    sql += ` ${operator} ${queryTerm(translation).sql}`;
  if (cursor.accept('order', 'by'))
    sql += ` ORDER BY ${inScope(translation, first.scope, () => translateOrder(translation))}`;
  sql += translateLimit(translation);
  ignoreLocking(translation);
  return {sql: `${common}${sql}`, columns: first.columns};
}

function inScope<T>(translation: Translation, scope: Scope, read: () => T): T {
  const before = translation.scope;
  translation.scope = scope;
  const result = read();
  translation.scope = before;
  return result;
}

function commonTables(translation: Translation): string {
  const {cursor} = translation;
  const recursive = cursor.accept('recursive') ? 'RECURSIVE ' : '';
  const tables = listOf(cursor, () => {
    const name = cursor.name();
    translation.expressions.add(name.toLowerCase());
    const columns = cursor.at('(')
      ? `(${inParentheses(cursor, () => quoteName(cursor.name())).join(', ')})`
      : '';
    cursor.expect('as');
    cursor.expect('(');
    const query = translateQuery(translation);
    cursor.expect(')');
    return `${quoteName(name)}${columns} AS (${query.sql})`;
  });
  return `WITH ${recursive}${tables.join(', ')} `;
}

function setOperator({cursor}: Translation): string | undefined {
  const word = ['union', 'except', 'intersect', 'minus'].find(one => cursor.accept(one));
  if (word === undefined) return undefined;
  const all = cursor.accept('all') ? ' ALL' : '';
  cursor.accept('distinct');
  return `${word === 'minus' ? 'EXCEPT' : word.toUpperCase()}${all}`;
}

function queryTerm(translation: Translation): Query & {scope: Scope} {
  const {cursor} = translation;
  if (!cursor.at('(')) return select(translation);
  cursor.expect('(');
  const inner = translateQuery(translation);
  cursor.expect(')');
  return {sql: `SELECT * FROM (${inner.sql})`, columns: inner.columns, scope: {tables: []}};
}

const selectOptions =
  'all distinctrow high_priority straight_join sql_small_result sql_big_result sql_buffer_result sql_no_cache ' +
  'sql_cache sql_calc_found_rows';

function select(translation: Translation): Query & {scope: Scope} {
  const {cursor} = translation;
  cursor.expect('select');
  const scope: Scope = {tables: [], outer: translation.scope};
  return inScope(translation, scope, () => {
    let distinct = false;
    for (let more = true; more; )
      if (cursor.accept('distinct')) distinct = true;
      else more = selectOptions.split(' ').some(option => cursor.accept(option));
    const columns = inClause(translation, 'select', () => listOf(cursor, () => selectItem(translation)));
    if (cursor.at('into')) throw notSimulated('SELECT ... INTO');
    const from =
      cursor.accept('from') && !cursor.accept('dual') ? ` FROM ${tableReferences(translation)}` : '';
    const clauses = selectClauses(translation);
    const sql = `SELECT ${distinct ? 'DISTINCT ' : ''}${columns.map(column => column.sql).join(', ')}${from}${clauses}`;
    return {sql, columns: columns.flatMap(column => expanded(column, scope)), scope};
  });
}

function selectClauses(translation: Translation): string {
  const {cursor} = translation;
  let sql = translateWhere(translation);
  if (cursor.accept('group', 'by')) {
    const keys = inClause(translation, 'group', () => translateList(translation).map(key => key.sql));
    if (cursor.at('with', 'rollup')) throw notSimulated('WITH ROLLUP');
    sql += ` GROUP BY ${keys.join(', ')}`;
  }
  if (!cursor.accept('having')) return sql;
  const condition = inClause(translation, 'having', () => translateExpression(translation).sql);
  if (sql.includes(' GROUP BY ') || translation.scope.aggregated) return `${sql} HAVING ${condition}`;
  // of single rows HAVING is one more WHERE, which SQLite wants to be called so
  return `${sql === '' ? ' WHERE' : `${sql} AND`} ${condition}`;
}

/** WHERE and its condition, where there is one. */
export const translateWhere = (translation: Translation): string =>
  translation.cursor.accept('where')
    ? ` WHERE ${inClause(translation, 'where', () => translateExpression(translation).sql)}`
    : '';

interface SelectItem extends QueryColumn {
  sql: string;
}

/** An expression with its name: an alias, or else as it was written. */
function selectItem(translation: Translation): SelectItem {
  const {cursor} = translation;
  const wildcard = wildcardItem(translation);
  if (wildcard) return wildcard;
  const start = cursor.peek();
  const value = translateExpression(translation);
  const end = cursor.peek(-1).end;
  const alias = translateAlias(translation);
  const name = alias ?? writtenName(translation, start.start, end);
  return {name, sql: `${value.sql} AS ${quoteName(name)}`, kind: value.kind};
}

function wildcardItem({cursor}: Translation): SelectItem | undefined {
  const item = (name: string, sql: string) => ({name, sql, kind: () => text});
  if (cursor.accept('*')) return item('*', '*');
  const parts = [0, 2].map(ahead => cursor.peek(ahead).text);
  const dotStar = (ahead: number) => cursor.peek(ahead).text === '.' && cursor.peek(ahead + 1).text === '*';
  const length = dotStar(1) ? 3 : cursor.peek(1).text === '.' && dotStar(3) ? 5 : 0;
  if (length === 0) return undefined;
  for (let count = 0; count < length; count++) cursor.next();
  const table = (length === 3 ? parts[0] : parts[1]) ?? '';
  return item(`${table}.*`, `${quoteName(table)}.*`);
}

/** A wildcard as the columns that it stands for. */
function expanded(column: SelectItem, scope: Scope): QueryColumn[] {
  if (!column.name.endsWith('*') || !column.sql.endsWith('*')) return [column];
  const table = column.name.slice(0, -2).toLowerCase();
  return scope.tables
    .filter(({alias}) => table === '' || alias.toLowerCase() === table)
    .flatMap(({kinds}) => [...kinds].map(([name, kind]) => ({name, kind: () => kind})));
}

const notAnAlias =
  /^(from|where|group|having|order|limit|union|except|intersect|minus|into|for|lock|on|using|join|inner|left|right|cross|natural|straight_join|set|values|use|ignore|force|as|window|procedure|offset|and|or|partition|select|end|when|then|else|desc|asc|separator)$/i;

/** [AS] alias. */
export function translateAlias({cursor}: Translation): string | undefined {
  const as = cursor.accept('as');
  const {kind, text: next} = cursor.peek();
  const is = kind === 'name' || kind === 'string' || (kind === 'word' && (as || !notAnAlias.test(next)));
  if (is) return cursor.text();
  return as ? cursor.fail() : undefined;
}

/** A column's own name, a string's content, NULL and TRUE in capitals; all else as it stands in the statement. */
function writtenName({cursor}: Translation, start: number, end: number): string {
  const written = cursor.sql.slice(start, end);
  const [, name] = /^(?:(?:`[^`]+`|[\w$]+)\.)*(`[^`]+`|[A-Za-z_][\w$]*)$/.exec(written) ?? [];
  if (name !== undefined)
    return /^(null|true|false)$/i.test(name) ? name.toUpperCase() : name.replaceAll('`', '');
  const [, quoted] = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(written)?.filter(part => part !== undefined) ?? [];
  return quoted ?? written;
}

/** Tables and joins. */
export function tableReferences(translation: Translation): string {
  return listOf(translation.cursor, () => joined(translation)).join(', ');
}

function joined(translation: Translation): string {
  const {cursor} = translation;
  let sql = tableFactor(translation);
  for (let join = joinWords(translation); join; join = joinWords(translation)) {
    sql += ` ${join} ${tableFactor(translation)}`;
    if (cursor.accept('on'))
      sql += ` ON ${inClause(translation, 'on', () => translateExpression(translation).sql)}`;
    else if (cursor.accept('using'))
      sql += ` USING (${inParentheses(cursor, () => quoteName(cursor.name())).join(', ')})`;
  }
  return sql;
}

function joinWords({cursor}: Translation): string | undefined {
  if (cursor.accept('join') || cursor.accept('straight_join')) return 'JOIN';
  if (cursor.accept('inner', 'join')) return 'JOIN';
  if (cursor.accept('cross', 'join')) return 'CROSS JOIN';
  const natural = cursor.accept('natural') ? 'NATURAL ' : '';
  const side = ['left', 'right'].find(word => cursor.accept(word));
  if (side) cursor.accept('outer');
  if (natural || side) {
    if (!side) cursor.accept('inner');
    cursor.expect('join');
    return `${natural}${side ? `${side.toUpperCase()} ` : ''}JOIN`;
  }
  return undefined;
}

function tableFactor(translation: Translation): string {
  const {cursor} = translation;
  if (startsQuery(translation, 1)) return derivedTable(translation);
  if (cursor.accept('(')) {
    const inner = tableReferences(translation);
    cursor.expect(')');
    return `(${inner})`;
  }
  const table = namedTable(translation);
  while (['use', 'force', 'ignore'].some(word => cursor.accept(word))) {
    cursor.accept('index') || cursor.expect('key');
    inParentheses(cursor, () => cursor.text());
  }
  return table;
}

function derivedTable(translation: Translation): string {
  const {cursor} = translation;
  cursor.expect('(');
  const query = translateQuery(translation);
  cursor.expect(')');
  const alias = translateAlias(translation);
  if (alias === undefined) throw new SqlError(1248, '42000', 'Every derived table must have its own alias');
  const kinds = new Map(query.columns.map(column => [column.name.toLowerCase(), column.kind()]));
  addTable(translation, {alias, kinds});
  return `(${query.sql}) AS ${quoteName(alias)}`;
}

/** A table by its name, with or without a database, and its alias. */
function namedTable(translation: Translation): string {
  const {cursor, expressions} = translation;
  const first = cursor.name();
  if (!cursor.at('.') && expressions.has(first.toLowerCase())) {
    const alias = translateAlias(translation) ?? first;
    addTable(translation, {alias, kinds: new Map()});
    return `${quoteName(first)} AS ${quoteName(alias)}`;
  }
  const {database, name} = cursor.accept('.')
    ? {database: first, name: cursor.name()}
    : {database: translation.surroundings.database, name: first};
  if (database === undefined) throw noDatabase();
  const definition = translation.surroundings.table(database, name);
  const alias = translateAlias(translation) ?? name;
  addTable(translation, {
    alias,
    kinds: kindsOf(definition),
    stored: {database, table: name},
  });
  return `${storedName(database, name)} AS ${quoteName(alias)}`;
}

function addTable({scope}: Translation, added: ScopedTable) {
  if (scope.tables.some(table => table.alias === added.alias))
    throw new SqlError(1066, '42000', `Not unique table/alias: '${added.alias}'`);
  scope.tables.push(added);
}

/** LIMIT count, LIMIT offset, count or LIMIT count OFFSET offset. */
export function translateLimit(translation: Translation): string {
  const {cursor} = translation;
  if (!cursor.accept('limit')) return '';
  const number = (): Piece => translateExpression(translation);
  const first = number();
  if (cursor.accept(',')) return ` LIMIT ${number().sql} OFFSET ${first.sql}`;
  return ` LIMIT ${first.sql}${cursor.accept('offset') ? ` OFFSET ${number().sql}` : ''}`;
}

/** FOR UPDATE and the like: the simulated engine locks more than that by itself. */
function ignoreLocking({cursor}: Translation) {
  if (cursor.accept('lock', 'in', 'share', 'mode')) return;
  if (cursor.accept('for', 'update') || cursor.accept('for', 'share'))
    cursor.accept('nowait') || cursor.accept('skip', 'locked');
}
