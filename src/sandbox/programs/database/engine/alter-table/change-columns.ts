import {parseColumn} from '../../sql/table-definitions/columns.ts';
import {sameName} from '../../sql/table-definitions/parts.ts';
import {type Alteration, columnAt, followName, nameAfter, position} from './alteration.ts';

/** MODIFY column type …, and CHANGE old new type … */
export function change(alteration: Alteration, withName: boolean) {
  const {translation, parts, origins} = alteration;
  const {cursor} = translation;
  cursor.accept('column');
  const oldName = nameAfter(cursor);
  const newName = withName ? cursor.name() : oldName;
  const {at, column: old} = columnAt(alteration, oldName);
  parts.columns.splice(at, 1);
  const column = parseColumn(alteration, newName, parts);
  const isKey = parts.keys.some(
    key => key.name === 'PRIMARY' && key.columns.some(name => sameName(name, old.name)),
  );
  parts.columns.splice(position(alteration, at), 0, isKey ? {...column, nullable: false} : column);
  followName(parts, origins, old.name, newName);
}

/** ALTER column SET DEFAULT … or DROP DEFAULT */
export function alterColumn(alteration: Alteration) {
  const {translation, parts} = alteration;
  const {cursor} = translation;
  cursor.accept('column');
  const name = cursor.name();
  const {at, column: old} = columnAt(alteration, name);
  const {default: _, ...rest} = old;
  if (cursor.accept('drop', 'default')) parts.columns[at] = rest;
  else {
    cursor.expect('set', 'default');
    const token = cursor.next();
    const sql = token.kind === 'string' ? `'${token.text.replaceAll("'", "''")}'` : token.text;
    parts.columns[at] = {...rest, default: {sql, text: token.text, quoted: token.kind === 'string'}};
  }
}
