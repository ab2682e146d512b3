import {parseColumnType} from '../column-types.ts';
import {type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {decimal, double, int, text} from '../values.ts';
import {commonKind} from './kinds.ts';

/** CASE … END, with a subject or without. @throws SqlError 1064 */
export function caseExpression(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('case');
  const subject = cursor.at('when') ? '' : ` ${translateExpression(translation).sql}`;
  const results: Piece[] = [];
  let sql = `CASE${subject}`;
  while (cursor.accept('when')) {
    sql += ` WHEN ${translateExpression(translation).sql}`;
    cursor.expect('then');
    const result = translateExpression(translation);
    results.push(result);
    sql += ` THEN ${result.sql}`;
  }
  if (cursor.accept('else')) {
    const result = translateExpression(translation);
    results.push(result);
    sql += ` ELSE ${result.sql}`;
  }
  cursor.expect('end');
  return piece(`(${sql} END)`, () => commonKind(results));
}

/** CAST(x AS type), CONVERT(x, type) and CONVERT(x USING charset). */
export function cast(translation: Translation): Piece {
  const {cursor} = translation;
  const separator = cursor.next().text.toLowerCase() === 'cast' ? 'as' : ',';
  cursor.expect('(');
  const value = translateExpression(translation);
  if (separator === ',' && cursor.accept('using')) {
    cursor.text();
    cursor.expect(')');
    return piece(`CAST(${value.sql} AS TEXT)`, text);
  }
  cursor.expect(separator);
  const result = castTo(value, translation);
  cursor.expect(')');
  return result;
}

function castTo(value: Piece, {cursor}: Translation): Piece {
  if (cursor.accept('signed') || cursor.accept('unsigned')) {
    cursor.accept('integer') || cursor.accept('int');
    return piece(`CAST(${value.sql} AS INTEGER)`, int);
  }
  const {name, sizes} = parseColumnType(cursor);
  if (cursor.accept('character', 'set') || cursor.accept('charset')) cursor.text();
  if (name === 'decimal')
    return piece(`round(CAST(${value.sql} AS REAL), ${sizes[1] ?? 0})`, decimal(sizes[1] ?? 0));
  if (name === 'double' || name === 'float') return piece(`CAST(${value.sql} AS REAL)`, double);
  if (name === 'date') return piece(`date(${value.sql})`, {is: 'date'});
  if (name === 'datetime') return piece(`timestamp(${value.sql})`, {is: 'datetime'});
  if (name === 'time') return piece(`time(${value.sql})`, {is: 'time'});
  if (name.includes('int')) return piece(`CAST(${value.sql} AS INTEGER)`, int);
  return name === 'binary'
    ? piece(`CAST(${value.sql} AS BLOB)`, {is: 'binary'})
    : piece(`CAST(${value.sql} AS TEXT)`, text);
}
