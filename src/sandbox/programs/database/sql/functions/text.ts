import {fixed, type Value} from '../values.ts';
import {bytes, characters, type Implementations, string} from './conversions.ts';

/** Of text. */
export const textFunctions: Implementations = {
  concat: (...parts) => parts.map(string).join(''),
  concat_ws: (separator, ...parts) =>
    separator === null
      ? null
      : parts
          .filter(part => part !== null)
          .map(string)
          .join(string(separator)),
  left: (value, length) =>
    characters(value)
      .slice(0, Math.max(0, Number(length)))
      .join(''),
  right: (value, length) => (Number(length) <= 0 ? '' : characters(value).slice(-Number(length)).join('')),
  lpad: (value, length, fill) => padding(value, length, fill) + clipped(value, length),
  rpad: (value, length, fill) => clipped(value, length) + padding(value, length, fill),
  repeat: (value, times) => string(value).repeat(Math.min(Math.max(0, Number(times)), 1_000_000)),
  reverse: value => characters(value).toReversed().join(''),
  space: length => ' '.repeat(Math.min(Math.max(0, Number(length)), 1_000_000)),
  locate: (needle, value, from) =>
    string(value)
      .toLowerCase()
      .indexOf(string(needle).toLowerCase(), Number(from ?? 1) - 1) + 1,
  field: (needle, ...values) =>
    values.findIndex(value => value !== null && string(value) === string(needle)) + 1,
  find_in_set: (needle, list) => string(list).split(',').indexOf(string(needle)) + 1,
  elt: (index, ...values) => values[Number(index) - 1] ?? null,
  insert: (value, position, length, inserted) => {
    const all = characters(value);
    all.splice(Number(position) - 1, Number(length), string(inserted));
    return all.join('');
  },
  substring_index: (value, separator, count) => {
    const parts = string(value).split(string(separator));
    const kept = Number(count) >= 0 ? parts.slice(0, Number(count)) : parts.slice(Number(count));
    return kept.join(string(separator));
  },
  length: value => (value instanceof Uint8Array ? value.length : Buffer.byteLength(string(value))),
  char_length: value => characters(value).length,
  upper: value => string(value).toUpperCase(),
  lower: value => string(value).toLowerCase(),
  ascii: value => Buffer.from(string(value))[0] ?? 0,
  char: (...codes) => codes.map(code => String.fromCharCode(Number(code))).join(''),
  strcmp: (one, other) =>
    Math.sign(string(one).toLowerCase().localeCompare(string(other).toLowerCase(), 'en')),
  quote: value => (value === null ? 'NULL' : `'${string(value).replace(/['\\]/g, '\\$&')}'`),
  format: (value, digits) => {
    const [whole = '', rest] = fixed(Number(value), Math.max(0, Number(digits))).split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
  },
  hex: value => (typeof value === 'number' ? value.toString(16) : bytes(value).toString('hex')).toUpperCase(),
  unhex: value => (/^([0-9a-f]{2})*$/i.test(string(value)) ? Buffer.from(string(value), 'hex') : null),
  to_base64: value => bytes(value).toString('base64'),
  from_base64: value => Buffer.from(string(value), 'base64'),
  regexp: (pattern, value) => (new RegExp(string(pattern), 'i').test(string(value)) ? 1 : 0),
  regexp_replace: (value, pattern, by) =>
    string(value).replace(new RegExp(string(pattern), 'gi'), string(by)),
  regexp_substr: (value, pattern) => new RegExp(string(pattern), 'i').exec(string(value))?.[0] ?? null,
};

const clipped = (value: Value, length: Value) =>
  characters(value)
    .slice(0, Math.max(0, Number(length)))
    .join('');

const padding = (value: Value, length: Value, fill: Value) => {
  const missing = Math.min(Number(length), 1_000_000) - characters(value).length;
  return missing <= 0 || fill === '' ? '' : string(fill).repeat(missing).slice(0, missing);
};
