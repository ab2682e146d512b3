import {fixed, type Value} from '../values.ts';
import {type Implementations, string} from './conversions.ts';

/** Of numbers. */
export const numberFunctions: Implementations = {
  rand: () => Math.random(),
  truncate: (value, digits) => {
    const factor = 10 ** Number(digits);
    return Math.trunc(Number(value) * factor + Math.sign(Number(value)) * 1e-9) / factor;
  },
  round: (value, digits) => Number(fixed(Number(value), Math.max(0, Number(digits ?? 0)))),
  bit_count: value =>
    BigInt.asUintN(64, BigInt(Number(value)))
      .toString(2)
      .replaceAll('0', '').length,
  conv: (value, from, to) => Number.parseInt(string(value), Number(from)).toString(Number(to)).toUpperCase(),
  inet_aton: value =>
    string(value)
      .split('.')
      .reduce((sum, part) => sum * 256 + Number(part), 0),
  inet_ntoa: value => [24, 16, 8, 0].map(shift => Math.floor(Number(value) / 2 ** shift) % 256).join('.'),
  greatest: (...values) => extreme(values, 1),
  least: (...values) => extreme(values, -1),
};

function extreme(values: Value[], sign: 1 | -1): Value {
  const numeric = values.every(value => typeof value !== 'string');
  const key = (value: Value) => (numeric ? Number(value) : string(value));
  return values.reduce((best, value) => ((key(value) > key(best) ? 1 : -1) === sign ? value : best));
}
