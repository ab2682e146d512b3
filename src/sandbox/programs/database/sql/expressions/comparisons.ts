import {inParentheses} from '../cursor.ts';
import {type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {int, quoteText} from '../values.ts';
import {infix, type Operator} from './infix.ts';
import {startsQuery, subquery} from './subqueries.ts';

/** IS [NOT] NULL, UNKNOWN, TRUE or FALSE. @throws SqlError 1064 */
export function isTest(left: Piece, {cursor}: Translation): Piece {
  const not = cursor.accept('not') ? ' NOT' : '';
  if (cursor.accept('null')) return piece(`(${left.sql} IS${not} NULL)`, int);
  if (cursor.accept('unknown')) return piece(`(${left.sql} IS${not} NULL)`, int);
  if (cursor.accept('true')) return piece(`(${left.sql} IS${not} TRUE)`, int);
  cursor.expect('false');
  return piece(`(${left.sql} IS${not} FALSE)`, int);
}

/** NOT before BETWEEN, IN, LIKE and REGEXP. @throws SqlError 1064 */
export function negated(left: Piece, translation: Translation): Piece {
  const {cursor} = translation;
  const tests: Readonly<Record<string, Operator>> = {
    between,
    in: within,
    like,
    regexp: infix('REGEXP', () => int),
    rlike: infix('REGEXP', () => int),
  };
  const word = cursor.peek().text.toLowerCase();
  const test = tests[word];
  if (!test) return cursor.fail();
  cursor.next();
  return piece(`(NOT ${test(left, translation, 6).sql})`, int);
}

/** BETWEEN low AND high. */
export function between(left: Piece, translation: Translation): Piece {
  const low = translateExpression(translation, 7);
  translation.cursor.expect('and');
  const high = translateExpression(translation, 7);
  return piece(`(${left.sql} BETWEEN ${low.sql} AND ${high.sql})`, int);
}

/** IN, of a list or a query. */
export function within(left: Piece, translation: Translation): Piece {
  const {cursor} = translation;
  if (startsQuery(translation, 1)) return piece(`(${left.sql} IN ${subquery(translation).sql})`, int);
  const list = inParentheses(cursor, () => translateExpression(translation).sql);
  return piece(`(${left.sql} IN (${list.join(', ')}))`, int);
}

/** LIKE pattern [ESCAPE character]. */
export function like(left: Piece, translation: Translation): Piece {
  const pattern = translateExpression(translation, 7);
  const before = translation.cursor.accept('escape') ? quoteText(translation.cursor.text()) : "'\\'";
  return piece(`(${left.sql} LIKE ${pattern.sql} ESCAPE ${before})`, int);
}
