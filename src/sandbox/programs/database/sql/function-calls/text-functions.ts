import {type Piece, piece, type Translation, translateExpression, translateList} from '../translation.ts';
import {int, quoteText, text} from '../values.ts';
import {parenthesized} from './arguments.ts';

/** substring(x, from, length) and substring(x FROM from FOR length). */
export function substring(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const parts = [translateExpression(translation).sql];
  while (cursor.accept(',') || cursor.accept('from') || cursor.accept('for'))
    parts.push(translateExpression(translation).sql);
  cursor.expect(')');
  return piece(`substr(${parts.join(', ')})`, text);
}

/** trim([BOTH|LEADING|TRAILING] [what] FROM x) */
export function trim(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const sides = {both: 'trim', leading: 'ltrim', trailing: 'rtrim'} as const;
  const side = (Object.keys(sides) as (keyof typeof sides)[]).find(name => cursor.accept(name));
  const leading = cursor.at('from') ? undefined : translateExpression(translation).sql;
  const value = cursor.accept('from') ? translateExpression(translation).sql : undefined;
  cursor.expect(')');
  const name = sides[side ?? 'both'];
  if (value === undefined) return piece(`${name}(${leading})`, text);
  return piece(leading === undefined ? `${name}(${value})` : `${name}(${value}, ${leading})`, text);
}

/** POSITION(x IN y) */
export function position(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const [needle, , value] = [
    translateOperand(translation),
    cursor.expect('in'),
    translateExpression(translation),
  ];
  cursor.expect(')');
  return piece(`locate(${needle.sql}, ${value.sql})`, int);
}

/** An argument before a word that would else be an operator: a literal or a column. */
function translateOperand(translation: Translation): Piece {
  const {cursor} = translation;
  const token = cursor.peek();
  if (token.kind === 'string') return piece(quoteText(cursor.next().text), text);
  return translateExpression(translation);
}

/** CHAR(65 USING utf8) */
export function charCall(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const codes = translateList(translation).map(code => code.sql);
  if (cursor.accept('using')) cursor.text();
  cursor.expect(')');
  return piece(`char(${codes.join(', ')})`, text);
}

/** JSON_EXTRACT(x, path, …) */
export function jsonExtract(translation: Translation): Piece {
  const [value, ...paths] = parenthesized(translation).map(arg => arg.sql);
  return piece(
    paths.length === 1 ? `(${value} -> ${paths[0]})` : `json_extract(${value}, ${paths.join(', ')})`,
    text,
  );
}

/** JSON_UNQUOTE(x) */
export function jsonUnquote(translation: Translation): Piece {
  const [value] = parenthesized(translation).map(arg => arg.sql);
  return piece(`iif(json_valid(${value}), ${value} ->> '$', ${value})`, text);
}
