import {listOf} from '../cursor.ts';
import {inClause, type Piece, type Translation, translateExpression} from '../translation.ts';

/** WHERE and its condition, where there is one. */
export const translateWhere = (translation: Translation): string =>
  translation.cursor.accept('where')
    ? ` WHERE ${inClause(translation, 'where', () => translateExpression(translation).sql)}`
    : '';

/** LIMIT count, LIMIT offset, count or LIMIT count OFFSET offset. */
export function translateLimit(translation: Translation): string {
  const {cursor} = translation;
  if (!cursor.accept('limit')) return '';
  const number = (): Piece => translateExpression(translation);
  const first = number();
  if (cursor.accept(',')) return ` LIMIT ${number().sql} OFFSET ${first.sql}`;
  return ` LIMIT ${first.sql}${cursor.accept('offset') ? ` OFFSET ${number().sql}` : ''}`;
}

const notAnAlias =
  /^(from|where|group|having|order|limit|union|except|intersect|minus|into|for|lock|on|using|join|inner|left|right|cross|natural|straight_join|set|values|use|ignore|force|as|window|procedure|offset|and|or|partition|select|end|when|then|else|desc|asc|separator)$/i;

/** [AS] alias. */
export function translateAlias({cursor}: Translation): string | undefined {
  const as = cursor.accept('as');
  const {kind, text: next} = cursor.peek();
  const is = kind === 'name' || kind === 'string' || (kind === 'word' && (as || !notAnAlias.test(next)));
  if (is) return cursor.text();
  return as ? cursor.fail() : undefined;
}

/** What follows ORDER BY. NULLs come first in both dialects. */
export function translateOrder(translation: Translation): string {
  return inClause(translation, 'order', () =>
    listOf(translation.cursor, cursor => {
      const {sql} = translateExpression(translation);
      if (cursor.accept('desc')) return `${sql} DESC`;
      cursor.accept('asc');
      return sql;
    }).join(', '),
  );
}
