import {columnCount, SqlError} from '../../errors.ts';
import {type Cursor, inParentheses, listOf} from '../../sql/cursor.ts';
import {startsQuery} from '../../sql/expressions/subqueries.ts';
import {inClause, type Translation, translateExpression, translateQuery} from '../../sql/translation.ts';
import type {Value} from '../../sql/values.ts';
import {type ColumnDefinition, kindsOf} from '../definition.ts';
import {columnName, namedColumn, type Target, tableName, writableTable} from '../named-table.ts';
import {demand, select} from '../query.ts';
import type {Session} from '../session.ts';
import {type DuplicateUpdate, duplicateUpdates} from './duplicate-key.ts';

/** An INSERT or REPLACE as it was written, with its columns found. */
export interface Insert {
  target: Target;
  columns: readonly ColumnDefinition[];
  /** Rows of values; undefined for DEFAULT. */
  rows: () => (Value | undefined)[][];
  /** The rows come from a query: their number is told. */
  fromQuery?: boolean;
  ignore: boolean;
  replace: boolean;
  /** ON DUPLICATE KEY UPDATE. */
  updates: readonly DuplicateUpdate[];
}

/** What a row's values come from: VALUES, SET or a query. */
type Source = Pick<Insert, 'columns' | 'rows' | 'fromQuery'>;

/** From behind INSERT or REPLACE to the statement's end. @throws SqlError */
export function parseInsert(session: Session, translation: Translation, replace: boolean): Insert {
  const {cursor} = translation;
  while (['low_priority', 'delayed', 'high_priority'].some(word => cursor.accept(word)));
  const ignore = cursor.accept('ignore');
  cursor.accept('into');
  const target = writableTable(session, tableName(cursor), 'INSERT');
  if (replace) demand(session, 'DELETE', target.database, target.table);
  translation.scope.tables.push({alias: target.table, kinds: kindsOf(target.definition)});
  const from = inClause(translation, 'insert', () => source(session, translation, target));
  const alias = cursor.accept('as') ? cursor.name() : undefined;
  const updates = cursor.accept('on', 'duplicate', 'key', 'update')
    ? duplicateUpdates(session, translation, target, alias)
    : [];
  cursor.end();
  return {...from, target, ignore, replace, updates};
}

function source(session: Session, translation: Translation, target: Target): Source {
  const {cursor} = translation;
  if (cursor.accept('set')) return assignments(session, translation, target);
  const listed = cursor.at('(') && !startsQuery(translation, 1);
  const columns = listed ? columnList(session, cursor, target) : target.definition.columns;
  if (cursor.accept('values') || cursor.accept('value'))
    return {columns, rows: valueRows(session, translation, columns)};
  const query = translateQuery(translation);
  return {
    columns,
    fromQuery: true,
    rows: () => {
      const {rows, columns: given} = select(session, translation, query.sql);
      if (given.length !== columns.length) throw columnCount(1);
      return rows.map(row => [...row]);
    },
  };
}

function columnList(session: Session, cursor: Cursor, target: Target): readonly ColumnDefinition[] {
  cursor.expect('(');
  if (cursor.accept(')')) return [];
  const columns = listOf(cursor, () => namedColumn(session, target, columnName(cursor), 'insert'));
  cursor.expect(')');
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice) throw new SqlError(1110, '42000', `Column '${twice.name}' specified twice`);
  return columns;
}

/** SQL for each value; undefined for DEFAULT. */
function valueOrDefault(translation: Translation): string | undefined {
  const {cursor} = translation;
  if (cursor.at('default') && cursor.peek(1).text !== '(') {
    cursor.next();
    return undefined;
  }
  return translateExpression(translation).sql;
}

function valueRows(
  session: Session,
  translation: Translation,
  columns: readonly ColumnDefinition[],
): Insert['rows'] {
  const {cursor} = translation;
  const written = listOf(cursor, () => {
    cursor.accept('row');
    if (cursor.accept('(', ')')) return [];
    return inParentheses(cursor, () => valueOrDefault(translation));
  });
  for (const [index, row] of written.entries()) {
    const empty = row.length === 0 && index === 0 && written.length === 1;
    if (row.length !== columns.length && !empty) throw columnCount(index + 1);
  }
  return () => written.map(row => evaluate(session, translation, row));
}

function evaluate(
  session: Session,
  translation: Translation,
  row: readonly (string | undefined)[],
): (Value | undefined)[] {
  if (row.length === 0) return [];
  const {rows} = select(session, translation, `SELECT ${row.map(sql => sql ?? 'NULL').join(', ')}`);
  return row.map((sql, index) => (sql === undefined ? undefined : rows[0]?.[index]));
}

function assignments(session: Session, translation: Translation, target: Target): Source {
  const {cursor} = translation;
  const list = listOf(cursor, () => {
    const column = namedColumn(session, target, cursor.name(), 'insert');
    cursor.expect('=');
    return {column, sql: valueOrDefault(translation)};
  });
  return {
    columns: list.map(({column}) => column),
    rows: () => [
      evaluate(
        session,
        translation,
        list.map(({sql}) => sql),
      ),
    ],
  };
}
