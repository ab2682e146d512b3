import {notSimulated} from '../../errors.ts';
import {inParentheses} from '../cursor.ts';
import {call, hasFact} from '../function-calls/call.ts';
import {columnKind, type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {int, type Kind, quoteName, quoteText, text} from '../values.ts';
import {caseExpression, cast} from './case-and-cast.ts';
import {intervalFirst} from './intervals.ts';
import {hexDigits, number, strings, valuePiece} from './literals.ts';
import {startsQuery, subquery} from './subqueries.ts';

/** What operators stand between: a literal, variable, column, call, or something in parentheses. @throws SqlError 1064 */
export function primary(translation: Translation): Piece {
  const {cursor, surroundings} = translation;
  const token = cursor.peek();
  if (token.kind === 'number') return number(cursor.next().text);
  if (token.kind === 'string') return piece(quoteText(strings(translation)), {...text, notNull: true});
  if (token.kind === 'hex') return piece(`x'${hexDigits(cursor.next().text)}'`, {is: 'binary'});
  if (token.kind === 'system') return valuePiece(surroundings.systemVariable(cursor.next().text));
  if (token.kind === 'variable') return variable(translation);
  if (token.kind === 'name') return column(translation);
  if (token.kind === 'symbol') return symbol(translation);
  if (token.kind === 'word') return word(translation);
  return cursor.fail();
}

function variable({cursor, surroundings}: Translation): Piece {
  const name = cursor
    .next()
    .text.slice(1)
    .replace(/^[`'"](.*)[`'"]$/, '$1');
  if (cursor.at(':=')) throw notSimulated(':= in expressions');
  return valuePiece(surroundings.userVariable(name));
}

function symbol(translation: Translation): Piece {
  const {cursor, surroundings} = translation;
  if (cursor.accept('?')) return valuePiece(surroundings.parameters[translation.parametersUsed++] ?? null);
  if (cursor.accept('{')) {
    cursor.name(); // {ts '2024-01-01 00:00:00'}, as ODBC writes it
    const inner = translateExpression(translation);
    cursor.expect('}');
    return inner;
  }
  if (startsQuery(translation, 1)) return subquery(translation);
  const list = inParentheses(cursor, () => translateExpression(translation));
  const [only] = list;
  return list.length === 1 && only
    ? piece(`(${only.sql})`, only.kind)
    : piece(`(${list.map(item => item.sql).join(', ')})`, text);
}

/** Words that cannot begin an expression; as a column's name they would have to be quoted. */
const reserved = new Set(
  (
    'select from where group having order limit union join on using set into values and or as by inner left right ' +
    'cross natural table create drop update delete insert asc desc then when else end for lock'
  ).split(' '),
);

function word(translation: Translation): Piece {
  const {cursor} = translation;
  const token = cursor.peek();
  const name = token.text.toLowerCase();
  const next = cursor.peek(1);
  if (next.kind === 'string' && next.start === token.end && /^(n|_\w+)$/.test(name)) {
    cursor.next();
    return piece(quoteText(strings(translation)), text);
  }
  if (next.kind === 'string' && next.start === token.end && name === 'b') {
    cursor.next();
    const digits = Number.parseInt(cursor.next().text || '0', 2).toString(16);
    return piece(`x'${hexDigits(digits)}'`, {is: 'binary'});
  }
  if (name === 'null') return constant(translation, 'NULL', {is: 'null'});
  if (name === 'true') return constant(translation, '1', {...int, notNull: true});
  if (name === 'false') return constant(translation, '0', {...int, notNull: true});
  if (name === 'case') return caseExpression(translation);
  if (name === 'exists' && startsQuery(translation, 2)) {
    cursor.next();
    return piece(`EXISTS ${subquery(translation).sql}`, int);
  }
  if (name === 'interval' && next.text !== '(') return intervalFirst(translation);
  if (name === 'cast' || name === 'convert') return cast(translation);
  if (name === 'row' && next.text === '(') cursor.next();
  if (/^(date|time|timestamp)$/.test(name) && next.kind === 'string') {
    cursor.next();
    return primary(translation);
  }
  if (cursor.at('(')) return symbol(translation);
  if ((next.text === '(' && next.kind === 'symbol') || hasFact(name)) return call(translation);
  if (reserved.has(name) && next.text !== '.') return cursor.fail();
  return column(translation);
}

function constant({cursor}: Translation, sql: string, kind: Kind): Piece {
  cursor.next();
  return piece(sql, kind);
}

/** column, table.column or database.table.column. */
function column(translation: Translation): Piece {
  const {cursor, scope} = translation;
  const parts = [cursor.name()];
  while (cursor.at('.') && cursor.peek(1).text !== '*') {
    cursor.next();
    parts.push(cursor.name());
  }
  const [name = '', table] = parts.toReversed();
  translation.references.push({name: parts.slice(-2).join('.'), clause: translation.clause});
  const sql = table === undefined ? quoteName(name) : `${quoteName(table)}.${quoteName(name)}`;
  return piece(sql, () => columnKind(scope, table, name));
}
