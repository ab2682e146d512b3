import {listOf} from '../../sql/cursor.ts';
import {parseColumn} from '../../sql/table-definitions/columns.ts';
import {parseConstraint} from '../../sql/table-definitions/constraints.ts';
import {sameName} from '../../sql/table-definitions/parts.ts';
import {cannotDrop} from '../reshape.ts';
import {type Alteration, nameAfter, position} from './alteration.ts';

/** ADD of columns, keys and constraints. @throws SqlError */
export function add(alteration: Alteration) {
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

/** DROP of columns, keys and constraints. @throws SqlError 1091 */
export function drop(alteration: Alteration) {
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

function dropKey({session, parts}: Alteration, name: string, optional: boolean) {
  const kept = parts.keys.filter(key => !sameName(key.name, name));
  if (kept.length === parts.keys.length && !optional) throw cannotDrop(session, 'INDEX', name);
  parts.keys = kept;
}
