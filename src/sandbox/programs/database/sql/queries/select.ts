import {notSimulated} from '../../errors.ts';
import {listOf} from '../cursor.ts';
import {
  inClause,
  inScope,
  type Query,
  type Scope,
  type Translation,
  translateExpression,
  translateList,
} from '../translation.ts';
import {translateWhere} from './clauses.ts';
import {expanded, selectItem} from './select-items.ts';
import {tableReferences} from './tables.ts';

const selectOptions =
  'all distinctrow high_priority straight_join sql_small_result sql_big_result sql_buffer_result sql_no_cache ' +
  'sql_cache sql_calc_found_rows';

/** One SELECT, and the tables it reads from, which an ORDER BY behind it may name. @throws SqlError */
export function select(translation: Translation): Query & {scope: Scope} {
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
