import {notSimulated} from '../errors.ts';
import {parseColumnType} from './column-types.ts';
import {inParentheses, listOf} from './cursor.ts';
import {call, hasFact} from './function-calls.ts';
import {translateQuery} from './queries.ts';
import {columnKind, type Piece, piece, type Translation} from './translation.ts';
import {decimal, double, int, type Kind, literal, quoteName, quoteText, text} from './values.ts';

/** Translates an expression; every operation comes out in parentheses. @throws SqlError 1064 */
export const translateExpression = (translation: Translation): Piece => binary(translation, 0);

type Operator = (left: Piece, translation: Translation, power: number) => Piece;

/** Binary operators by binding power, as MySQL has them. */
const operators: readonly (readonly [power: number, words: readonly string[], operator: Operator])[] = [
  [1, ['or'], infix('OR', () => int)],
  [1, ['||'], infix('OR', () => int)],
  [2, ['xor'], (left, translation, power) => exclusiveOr(left, binary(translation, power + 1))],
  [3, ['and'], infix('AND', () => int)],
  [3, ['&&'], infix('AND', () => int)],
  [6, ['<=>'], infix('IS', () => int)],
  [6, ['>='], infix('>=', () => int)],
  [6, ['<='], infix('<=', () => int)],
  [6, ['<>'], infix('<>', () => int)],
  [6, ['!='], infix('<>', () => int)],
  [6, ['='], infix('=', () => int)],
  [6, ['>'], infix('>', () => int)],
  [6, ['<'], infix('<', () => int)],
  [6, ['is'], isTest],
  [6, ['between'], between],
  [6, ['in'], within],
  [6, ['like'], like],
  [6, ['regexp'], infix('REGEXP', () => int)],
  [6, ['rlike'], infix('REGEXP', () => int)],
  [6, ['not'], negated],
  [7, ['|'], infix('|', () => int)],
  [8, ['&'], infix('&', () => int)],
  [9, ['<<'], infix('<<', () => int)],
  [9, ['>>'], infix('>>', () => int)],
  [10, ['+'], sum('+')],
  [10, ['-'], sum('-')],
  [11, ['*'], infix('*', product)],
  [11, ['/'], divide],
  [11, ['div'], (left, translation, power) => integerDivision(left, binary(translation, power + 1))],
  [11, ['%'], infix('%', wider)],
  [11, ['mod'], infix('%', wider)],
  [12, ['^'], (left, translation, power) => bitwiseXor(left, binary(translation, power + 1))],
  [16, ['->'], infix('->', () => text)],
  [16, ['->>'], infix('->>', () => text)],
  [16, ['collate'], collate],
];

function binary(translation: Translation, least: number): Piece {
  let left = prefix(translation);
  for (;;) {
    const found = operators.find(([power, words]) => power >= least && translation.cursor.at(...words));
    if (!found) return left;
    translation.cursor.next();
    left = found[2](left, translation, found[0]);
  }
}

function infix(operator: string, kind: (left: Kind, right: Kind) => Kind): Operator {
  return (left, translation, power) => {
    const right = binary(translation, power + 1);
    return piece(`(${left.sql} ${operator} ${right.sql})`, () => nullable(kind, left.kind(), right.kind()));
  };
}

/** An operation's kind: never NULL when neither side is. */
const nullable = (kind: (left: Kind, right: Kind) => Kind, left: Kind, right: Kind): Kind => ({
  ...kind(left, right),
  notNull: (left.notNull ?? false) && (right.notNull ?? false),
});

/** Of two numbers' kinds the one that holds both. */
function wider(left: Kind, right: Kind): Kind {
  if ([left, right].some(({is}) => is !== 'int' && is !== 'decimal' && is !== 'null')) return double;
  const scale = Math.max(left.scale ?? 0, right.scale ?? 0);
  return left.is === 'decimal' || right.is === 'decimal' ? decimal(scale) : int;
}

function product(left: Kind, right: Kind): Kind {
  const kind = wider(left, right);
  return kind.is === 'decimal' ? decimal((left.scale ?? 0) + (right.scale ?? 0)) : kind;
}

/** + and -, also with an interval on the right. */
function sum(operator: '+' | '-'): Operator {
  return (left, translation, power) => {
    const {cursor} = translation;
    if (cursor.at('interval')) return shifted(left, translation, operator === '+' ? 'date_add' : 'date_sub');
    const right = binary(translation, power + 1);
    return piece(`(${left.sql} ${operator} ${right.sql})`, () => nullable(wider, left.kind(), right.kind()));
  };
}

function shifted(date: Piece, translation: Translation, name: 'date_add' | 'date_sub'): Piece {
  const {amount, unit} = translateInterval(translation);
  return piece(`${name}(${date.sql}, ${amount.sql}, '${unit}')`, text);
}

/** INTERVAL amount unit. */
export function translateInterval(translation: Translation): {amount: Piece; unit: string} {
  translation.cursor.expect('interval');
  const amount = binary(translation, 7);
  return {amount, unit: translation.cursor.name().toLowerCase()};
}

function divide(left: Piece, translation: Translation, power: number): Piece {
  const right = binary(translation, power + 1);
  return piece(`(1.0 * ${left.sql} / ${right.sql})`, () => {
    const kind = wider(left.kind(), right.kind());
    return kind.is === 'double' ? double : decimal((left.kind().scale ?? 0) + 4);
  });
}

const integerDivision = (left: Piece, right: Piece) =>
  piece(`CAST(1.0 * ${left.sql} / ${right.sql} AS INTEGER)`, int);
const exclusiveOr = (left: Piece, right: Piece) => piece(`((${left.sql} <> 0) <> (${right.sql} <> 0))`, int);
const bitwiseXor = (left: Piece, right: Piece) =>
  piece(`((${left.sql} | ${right.sql}) - (${left.sql} & ${right.sql}))`, int);

function isTest(left: Piece, {cursor}: Translation): Piece {
  const not = cursor.accept('not') ? ' NOT' : '';
  if (cursor.accept('null')) return piece(`(${left.sql} IS${not} NULL)`, int);
  if (cursor.accept('unknown')) return piece(`(${left.sql} IS${not} NULL)`, int);
  if (cursor.accept('true')) return piece(`(${left.sql} IS${not} TRUE)`, int);
  cursor.expect('false');
  return piece(`(${left.sql} IS${not} FALSE)`, int);
}

function negated(left: Piece, translation: Translation): Piece {
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

function between(left: Piece, translation: Translation): Piece {
  const low = binary(translation, 7);
  translation.cursor.expect('and');
  const high = binary(translation, 7);
  return piece(`(${left.sql} BETWEEN ${low.sql} AND ${high.sql})`, int);
}

function within(left: Piece, translation: Translation): Piece {
  const {cursor} = translation;
  if (startsQuery(translation, 1)) return piece(`(${left.sql} IN ${subquery(translation).sql})`, int);
  const list = inParentheses(cursor, () => translateExpression(translation).sql);
  return piece(`(${left.sql} IN (${list.join(', ')}))`, int);
}

function like(left: Piece, translation: Translation): Piece {
  const pattern = binary(translation, 7);
  const before = translation.cursor.accept('escape') ? quoteText(translation.cursor.text()) : "'\\'";
  return piece(`(${left.sql} LIKE ${pattern.sql} ESCAPE ${before})`, int);
}

function collate(left: Piece, {cursor}: Translation): Piece {
  const name = cursor.text();
  return piece(`(${left.sql} COLLATE ${/_bin$|^binary$/.test(name) ? 'BINARY' : 'NOCASE'})`, left.kind);
}

function prefix(translation: Translation): Piece {
  const {cursor} = translation;
  if (cursor.accept('not')) return piece(`(NOT ${binary(translation, 5).sql})`, int);
  if (cursor.accept('!')) return piece(`(NOT ${binary(translation, 14).sql})`, int);
  if (cursor.accept('~')) return piece(`(~ ${binary(translation, 13).sql})`, int);
  if (cursor.accept('+')) return binary(translation, 13);
  if (cursor.accept('-')) {
    const operand = binary(translation, 13);
    return piece(`(- ${operand.sql})`, operand.kind);
  }
  if (cursor.at('binary') && cursor.peek(1).text !== '(') {
    cursor.next();
    return piece(`(${binary(translation, 15).sql} COLLATE BINARY)`, text);
  }
  return primary(translation);
}

function primary(translation: Translation): Piece {
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

function number(written: string): Piece {
  if (/e/i.test(written)) return piece(written, {...double, notNull: true});
  const point = written.indexOf('.');
  if (point < 0) return piece(written, {...int, notNull: true});
  return piece(`${written}${written.endsWith('.') ? '0' : ''}`, {
    ...decimal(written.length - point - 1),
    notNull: true,
  });
}

const hexDigits = (written: string) => {
  const digits = written.replace(/^0x|^x'|'$/gi, '');
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};

/** Strings beside each other are one. */
function strings({cursor}: Translation): string {
  let all = '';
  while (cursor.peek().kind === 'string') all += cursor.next().text;
  return all;
}

/** A value that is known already. */
export function valuePiece(value: ReturnType<Translation['surroundings']['userVariable']>): Piece {
  const kind: Kind =
    value === null
      ? {is: 'null'}
      : typeof value === 'bigint' || Number.isInteger(value)
        ? int
        : typeof value === 'number'
          ? double
          : text;
  return piece(literal(value), kind);
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

/** Is there a query, `ahead` tokens further on, behind an opening parenthesis? */
export function startsQuery({cursor}: Translation, ahead: number): boolean {
  return (
    cursor.peek(ahead - 1).text === '(' &&
    /^(select|with|values)$/i.test(cursor.peek(ahead).text) &&
    cursor.peek(ahead).kind === 'word'
  );
}

function subquery(translation: Translation): Piece {
  translation.cursor.expect('(');
  const query = translateQuery(translation);
  translation.cursor.expect(')');
  return piece(`(${query.sql})`, () => query.columns[0]?.kind() ?? text);
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

function intervalFirst(translation: Translation): Piece {
  const {amount, unit} = translateInterval(translation);
  translation.cursor.expect('+');
  const date = binary(translation, 11);
  return piece(`date_add(${date.sql}, ${amount.sql}, '${unit}')`, text);
}

function caseExpression(translation: Translation): Piece {
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

/** The kind of a choice between expressions. */
export function commonKind(pieces: readonly Piece[]): Kind {
  const kinds = pieces.map(one => one.kind()).filter(({is}) => is !== 'null');
  const [first = text] = kinds;
  if (kinds.every(kind => kind.is === first.is && kind.scale === first.scale)) return first;
  return kinds.every(({is}) => is === 'int' || is === 'decimal' || is === 'double')
    ? kinds.reduce(wider)
    : text;
}

/** CAST(x AS type), CONVERT(x, type) and CONVERT(x USING charset). */
function cast(translation: Translation): Piece {
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

/** Expressions with commas between them. */
export const translateList = (translation: Translation): Piece[] =>
  listOf(translation.cursor, () => translateExpression(translation));
