import {type Piece, piece, type Translation, translateExpression} from '../translation.ts';
import {decimal, double, int, type Kind, text} from '../values.ts';
import {translateInterval} from './intervals.ts';
import {nullable, wider} from './kinds.ts';

/** Reads what stands behind the operator. @param power the operator's binding power */
export type Operator = (left: Piece, translation: Translation, power: number) => Piece;

/** An operator that SQLite has, too. */
export function infix(operator: string, kind: (left: Kind, right: Kind) => Kind): Operator {
  return (left, translation, power) => {
    const right = translateExpression(translation, power + 1);
    return piece(`(${left.sql} ${operator} ${right.sql})`, () => nullable(kind, left.kind(), right.kind()));
  };
}

/** + and -, also with an interval on the right. */
export function sum(operator: '+' | '-'): Operator {
  return (left, translation, power) => {
    const {cursor} = translation;
    if (cursor.at('interval')) return shifted(left, translation, operator === '+' ? 'date_add' : 'date_sub');
    const right = translateExpression(translation, power + 1);
    return piece(`(${left.sql} ${operator} ${right.sql})`, () => nullable(wider, left.kind(), right.kind()));
  };
}

function shifted(date: Piece, translation: Translation, name: 'date_add' | 'date_sub'): Piece {
  const {amount, unit} = translateInterval(translation);
  return piece(`${name}(${date.sql}, ${amount.sql}, '${unit}')`, text);
}

/** /: of integers, too, it gives a fraction. */
export function divide(left: Piece, translation: Translation, power: number): Piece {
  const right = translateExpression(translation, power + 1);
  return piece(`(1.0 * ${left.sql} / ${right.sql})`, () => {
    const kind = wider(left.kind(), right.kind());
    return kind.is === 'double' ? double : decimal((left.kind().scale ?? 0) + 4);
  });
}

/** Made of what SQLite has; its value is an integer. */
function composed(sql: (left: string, right: string) => string): Operator {
  return (left, translation, power) =>
    piece(sql(left.sql, translateExpression(translation, power + 1).sql), int);
}

/** DIV */
export const integerDivision = composed((left, right) => `CAST(1.0 * ${left} / ${right} AS INTEGER)`);
/** XOR */
export const exclusiveOr = composed((left, right) => `((${left} <> 0) <> (${right} <> 0))`);
/** ^ */
export const bitwiseXor = composed((left, right) => `((${left} | ${right}) - (${left} & ${right}))`);
