import {SqlError} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {translateLimit, translateOrder, translateWhere} from '../sql/queries/clauses.ts';
import {tableReferences} from '../sql/queries/tables.ts';
import type {Translation} from '../sql/translation.ts';
import {quoteName, type Value} from '../sql/values.ts';
import {storedName} from './definition.ts';
import {type Target, tableName, writableTable} from './named-table.ts';
import {select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {parentError} from './row-writing.ts';
import type {Session} from './session.ts';
import {write} from './transactions.ts';

/** DELETE, from one table or from several that are joined. @throws SqlError */
export async function deleteRows(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
): Promise<Done> {
  const translation = translationFor(session, cursor, parameters);
  while (['low_priority', 'quick', 'ignore'].some(word => cursor.accept(word)));
  const {aliases, from} = tables(translation);
  const rest =
    translateWhere(translation) +
    (cursor.accept('order', 'by') ? ` ORDER BY ${translateOrder(translation)}` : '') +
    translateLimit(translation);
  cursor.end();
  const targets = aliases.map(alias => ({alias, target: targetOf(session, translation, alias)}));
  return write(session, () => {
    const doomed = targets.map(({alias, target}) => ({
      target,
      ids: select(session, translation, `SELECT DISTINCT ${quoteName(alias)}.rowid FROM ${from}${rest}`).rows,
    }));
    for (const {target, ids} of doomed) remove(session, target, ids);
    return done(doomed.reduce((sum, {ids}) => sum + ids.length, 0));
  });
}

/** DELETE FROM t …, DELETE a, b FROM joined …, and DELETE FROM a, b USING joined … */
function tables(translation: Translation): {aliases: string[]; from: string} {
  const {cursor, scope} = translation;
  const names = () =>
    listOf(cursor, () => {
      const name = tableName(cursor).at(-1) ?? '';
      if (cursor.accept('.')) cursor.expect('*');
      return name;
    });
  if (!cursor.accept('from')) {
    const aliases = names();
    cursor.expect('from');
    return {aliases, from: tableReferences(translation)};
  }
  if (/\busing\b/i.test(cursor.sql)) {
    const aliases = names();
    cursor.expect('using');
    return {aliases, from: tableReferences(translation)};
  }
  const from = tableReferences(translation);
  return {aliases: scope.tables.map(({alias}) => alias), from};
}

function targetOf(session: Session, {scope}: Translation, alias: string): Target {
  const stored = scope.tables.find(table => table.alias === alias)?.stored;
  if (!stored) throw new SqlError(1109, '42S02', `Unknown table '${alias}' in MULTI DELETE`);
  return writableTable(session, [stored.database, stored.table], 'DELETE');
}

function remove(session: Session, target: Target, ids: readonly (readonly Value[])[]) {
  const statement = session.connection.prepare(
    `DELETE FROM ${storedName(target.database, target.table)} WHERE rowid = ?`,
  );
  try {
    for (const [id = null] of ids) statement.run(id);
  } catch (error) {
    if (error instanceof Error && error.message.includes('FOREIGN KEY')) throw parentError(session, target);
    throw error;
  }
}
