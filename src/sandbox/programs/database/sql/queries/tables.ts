import {kindsOf, storedName} from '../../engine/definition.ts';
import {noDatabase, SqlError} from '../../errors.ts';
import {inParentheses, listOf} from '../cursor.ts';
import {startsQuery} from '../expressions/subqueries.ts';
import {
  inClause,
  type ScopedTable,
  type Translation,
  translateExpression,
  translateQuery,
} from '../translation.ts';
import {quoteName} from '../values.ts';
import {translateAlias} from './clauses.ts';

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
