import {cannotBeNull, unknownColumn} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {translateLimit, translateOrder, translateWhere} from '../sql/queries/clauses.ts';
import {tableReferences} from '../sql/queries/tables.ts';
import {inClause, type Translation, translateExpression} from '../sql/translation.ts';
import {quoteName, type Value} from '../sql/values.ts';
import {type ColumnDefinition, findColumn, storedName} from './definition.ts';
import {type Target, writableTable} from './named-table.ts';
import {select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {constraintError, fitting, type Row} from './row-writing.ts';
import {isStrict, note, type Session} from './session.ts';
import {write} from './transactions.ts';

interface Assignment {
  /** The table's alias in the statement. */
  alias: string;
  target: Target;
  column: ColumnDefinition;
  sql: string;
}

/** UPDATE, of one table or of several that are joined. @throws SqlError */
export async function updateRows(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
): Promise<Done> {
  const translation = translationFor(session, cursor, parameters);
  cursor.accept('low_priority');
  const ignore = cursor.accept('ignore');
  const from = tableReferences(translation);
  cursor.expect('set');
  const assignments = inClause(translation, 'set', () =>
    listOf(cursor, () => assignment(session, translation)),
  );
  const rest =
    translateWhere(translation) +
    (cursor.accept('order', 'by') ? ` ORDER BY ${translateOrder(translation)}` : '') +
    translateLimit(translation);
  cursor.end();
  return write(session, () => run(session, translation, assignments, `${from}${rest}`, ignore));
}

function assignment(session: Session, translation: Translation): Assignment {
  const {cursor, scope} = translation;
  const parts = [cursor.name()];
  while (cursor.accept('.')) parts.push(cursor.name());
  const [name = '', table] = parts.toReversed();
  const place = scope.tables.find(
    ({alias, kinds}) => (table === undefined || alias === table) && kinds.has(name.toLowerCase()),
  );
  if (!place?.stored) throw unknownColumn(session.server.flavour, parts.join('.'), 'set');
  const target = writableTable(session, [place.stored.database, place.stored.table], 'UPDATE');
  const column = findColumn(target.definition, name);
  if (!column) throw unknownColumn(session.server.flavour, name, 'set');
  cursor.expect('=');
  const useDefault = cursor.at('default') && cursor.peek(1).text !== '(';
  if (useDefault) cursor.next();
  const sql = useDefault ? (column.default?.sql ?? 'NULL') : translateExpression(translation).sql;
  return {alias: place.alias, target, column, sql};
}

function run(
  session: Session,
  translation: Translation,
  assignments: readonly Assignment[],
  fromAndRest: string,
  ignore: boolean,
): Done {
  const total = {matched: 0, changed: 0};
  for (const [alias, own] of Map.groupBy(assignments, one => one.alias)) {
    const rows = plan(session, translation, alias, own, fromAndRest);
    total.matched += rows.length;
    for (const [index, row] of rows.entries())
      if (apply(session, own, row, index + 1, ignore)) total.changed++;
  }
  const info = `Rows matched: ${total.matched}  Changed: ${total.changed}  Warnings: ${session.warnings.length}`;
  return done(total.changed, info);
}

interface PlannedRow {
  id: Value;
  values: readonly Value[];
  before: readonly Value[];
}

/** The rows to change: each once, with what is to be and what is. */
function plan(
  session: Session,
  translation: Translation,
  alias: string,
  own: readonly Assignment[],
  fromAndRest: string,
): PlannedRow[] {
  const expressions = own.map(({sql}) => sql).join(', ');
  const current = own.map(({column}) => `${quoteName(alias)}.${quoteName(column.name)}`).join(', ');
  const query = `SELECT ${quoteName(alias)}.rowid, ${expressions}, ${current} FROM ${fromAndRest}`;
  const {rows} = select(session, translation, query);
  const once = new Map(rows.map(([id = null, ...values]) => [String(id), {id, values}]));
  return [...once.values()].map(({id, values}) => ({
    id,
    values: values.slice(0, own.length),
    before: values.slice(own.length),
  }));
}

/** @returns whether anything came out different */
function apply(
  session: Session,
  own: readonly Assignment[],
  planned: PlannedRow,
  number: number,
  ignore: boolean,
): boolean {
  const target = own[0]?.target;
  if (!target) return false;
  const values = own.map(({column}, index) => {
    const value = fitting(session, target, column, planned.values[index] ?? null, number, ignore);
    return value === null && !column.nullable ? refuseNull(session, column, ignore) : value;
  });
  if (values.every((value, index) => same(value, planned.before[index] ?? null))) return false;
  const stamps = target.definition.columns
    .filter(column => column.onUpdateNow && !own.some(one => one.column.name === column.name))
    .map(column => `${quoteName(column.name)} = CURRENT_TIMESTAMP`);
  const sets = [...own.map(({column}) => `${quoteName(column.name)} = ?`), ...stamps].join(', ');
  const place = storedName(target.database, target.table);
  const row: Row = new Map(own.map(({column}, index) => [column.name, values[index] ?? null]));
  try {
    session.connection.prepare(`UPDATE ${place} SET ${sets} WHERE rowid = ?`).run(...values, planned.id);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const broken = constraintError(session, target, row, error);
    if (!ignore) throw broken;
    session.warnings.push({level: 'Warning', code: broken.number, message: broken.message});
    return false;
  }
}

const same = (one: Value, other: Value) =>
  one === null || other === null ? one === other : String(one) === String(other);

function refuseNull(session: Session, column: ColumnDefinition, ignore: boolean): Value {
  const error = cannotBeNull(column.name);
  if (isStrict(session) && !ignore) throw error;
  note(session, error.number, error.message);
  return 0;
}
