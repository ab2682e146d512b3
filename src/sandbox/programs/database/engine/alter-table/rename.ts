import {sameName} from '../../sql/table-definitions/parts.ts';
import {splitName, tableName} from '../named-table.ts';
import {cannotDrop} from '../reshape.ts';
import {type Alteration, columnAt, followName} from './alteration.ts';

/** RENAME COLUMN, RENAME INDEX, and RENAME [TO] table. @throws SqlError */
export function rename(alteration: Alteration) {
  const {session, translation, parts, origins} = alteration;
  const {cursor} = translation;
  if (cursor.accept('column')) {
    const from = cursor.name();
    cursor.expect('to');
    const to = cursor.name();
    const {at, column: old} = columnAt(alteration, from);
    parts.columns[at] = {...old, name: to};
    followName(parts, origins, old.name, to);
  } else if (cursor.accept('index') || cursor.accept('key')) {
    const from = cursor.name();
    cursor.expect('to');
    const to = cursor.name();
    if (!parts.keys.some(key => sameName(key.name, from))) throw cannotDrop(session, 'INDEX', from);
    parts.keys = parts.keys.map(key => (sameName(key.name, from) ? {...key, name: to} : key));
  } else {
    cursor.accept('to') || cursor.accept('as');
    alteration.renamed = splitName(session, tableName(cursor));
  }
}
