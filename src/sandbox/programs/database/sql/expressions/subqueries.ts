import {type Piece, piece, type Translation, translateQuery} from '../translation.ts';
import {text} from '../values.ts';

/** Is there a query, `ahead` tokens further on, behind an opening parenthesis? */
export function startsQuery({cursor}: Translation, ahead: number): boolean {
  return (
    cursor.peek(ahead - 1).text === '(' &&
    /^(select|with|values)$/i.test(cursor.peek(ahead).text) &&
    cursor.peek(ahead).kind === 'word'
  );
}

/** (SELECT …) as one value, or as the list of IN. @throws SqlError */
export function subquery(translation: Translation): Piece {
  translation.cursor.expect('(');
  const query = translateQuery(translation);
  translation.cursor.expect(')');
  return piece(`(${query.sql})`, () => query.columns[0]?.kind() ?? text);
}
