import {type Piece, piece, type Translation} from '../translation.ts';
import {decimal, double, int, type Kind, literal, text} from '../values.ts';

/** A number as it was written: with an exponent it is a double, with a point a decimal. */
export function number(written: string): Piece {
  if (/e/i.test(written)) return piece(written, {...double, notNull: true});
  const point = written.indexOf('.');
  if (point < 0) return piece(written, {...int, notNull: true});
  return piece(`${written}${written.endsWith('.') ? '0' : ''}`, {
    ...decimal(written.length - point - 1),
    notNull: true,
  });
}

/** The digits of 0x1f and x'1f', an even number of them. */
export const hexDigits = (written: string) => {
  const digits = written.replace(/^0x|^x'|'$/gi, '');
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};

/** Strings beside each other are one. */
export function strings({cursor}: Translation): string {
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
