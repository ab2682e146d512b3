import {type Piece, type Translation, translateList} from '../translation.ts';

/** The arguments of a plain call, if any. @throws SqlError 1064 */
export function parenthesized(translation: Translation): Piece[] {
  const {cursor} = translation;
  cursor.expect('(');
  const args = cursor.at(')') ? [] : translateList(translation);
  cursor.expect(')');
  return args;
}
