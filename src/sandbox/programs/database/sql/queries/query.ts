import {inParentheses, listOf} from '../cursor.ts';
import {inScope, type Query, type Scope, type Translation, translateQuery} from '../translation.ts';
import {quoteName} from '../values.ts';
import {translateLimit, translateOrder} from './clauses.ts';
import {select} from './select.ts';

/** WITH, SELECTs with UNION and the like between them, ORDER BY and LIMIT: `Grammar.query`. */
export function fullQuery(translation: Translation): Query {
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

/** FOR UPDATE and the like: the simulated engine locks more than that by itself. */
function ignoreLocking({cursor}: Translation) {
  if (cursor.accept('lock', 'in', 'share', 'mode')) return;
  if (cursor.accept('for', 'update') || cursor.accept('for', 'share'))
    cursor.accept('nowait') || cursor.accept('skip', 'locked');
}
