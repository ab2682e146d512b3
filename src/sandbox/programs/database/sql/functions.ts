import {createHash, randomBytes, randomUUID} from 'node:crypto';
import {
  addInterval,
  dateText,
  dateTimeText,
  dayName,
  dayOfYear,
  difference,
  formatDate,
  monthName,
  parseDate,
  parseTime,
  parseWithFormat,
  timeText,
  week,
} from './dates.ts';
import {fixed, type Value} from './values.ts';

type Implementation = (...values: Value[]) => Value;

/**
 * MySQL's functions that SQLite has not, or has with another meaning. They are registered with every connection
 * under these names. NULL as any argument gives NULL, but for those in `nullable`.
 */
export const implementations: Readonly<Record<string, Implementation>> = {
  // text
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
  // hashes
  md5: value => hash('md5', value),
  sha1: value => hash('sha1', value),
  sha2: (value, bits) => hash(`sha${Number(bits) || 256}`, value),
  crc32: value => crc32(bytes(value)),
  password: value => (value === '' ? '' : nativeHash(string(value))),
  uuid: () => randomUUID(),
  random_bytes: length => randomBytes(Number(length)),
  // numbers
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
  // dates
  date: value => onDate(value, dateText),
  timestamp: value => onDate(value, time => dateTimeText(time)),
  time: value => (parseTime(value) === null ? null : timeText(parseTime(value) ?? 0)),
  date_add: (value, amount, unit) => addInterval(value, amount, string(unit)),
  date_sub: (value, amount, unit) =>
    addInterval(value, typeof amount === 'string' ? `-${amount}` : -Number(amount), string(unit)),
  datediff: (one, other) =>
    onDate(one, first => onDate(other, second => Math.floor(first / 864e5) - Math.floor(second / 864e5))),
  timestampdiff: (unit, from, to) => difference(string(unit), from, to),
  timediff: (one, other) => onDate(one, first => onDate(other, second => timeText((first - second) / 1000))),
  date_format: (value, format) => onDate(value, time => formatDate(time, string(format))),
  time_format: (value, format) => {
    const seconds = parseTime(value);
    return seconds === null ? null : formatDate(seconds * 1000, string(format));
  },
  str_to_date: (value, format) => parseWithFormat(string(value), string(format)),
  extract: (unit, value) => extract(string(unit), value),
  weekday: value => onDate(value, time => (new Date(time).getUTCDay() + 6) % 7),
  dayofweek: value => onDate(value, time => new Date(time).getUTCDay() + 1),
  dayofyear: value => onDate(value, dayOfYear),
  dayname: value => onDate(value, dayName),
  monthname: value => onDate(value, monthName),
  weekofyear: value => onDate(value, time => week(time, 3)),
  week: (value, mode) => onDate(value, time => week(time, Number(mode ?? 0))),
  last_day: value =>
    onDate(value, time =>
      dateText(Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth() + 1, 0)),
    ),
  makedate: (year, day) => dateText(Date.UTC(Number(year), 0, Number(day))),
  to_days: value => onDate(value, time => Math.floor(time / 864e5) + 719_528),
  from_unixtime: (seconds, format) =>
    format === undefined
      ? dateTimeText(Number(seconds) * 1000)
      : formatDate(Number(seconds) * 1000, string(format)),
  time_to_sec: value => parseTime(value),
  sec_to_time: value => timeText(Number(value)),
  // what only takes time or is a test
  sleep: () => 0,
  benchmark: () => 0,
  isnull: value => (value === null ? 1 : 0),
  get_lock: () => 1,
  release_lock: () => 1,
};

/** Which of them see NULL arguments. */
export const nullable = new Set(['concat_ws', 'field', 'elt', 'quote', 'isnull', 'sleep']);
/** Which of them answer differently each time. */
export const volatile = new Set(['rand', 'uuid', 'random_bytes']);

/** A password as MariaDB stores it: * and SHA1(SHA1(password)). */
export function nativeHash(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

const string = (value: Value | undefined): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value ?? '');
const bytes = (value: Value) =>
  value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(string(value));
const characters = (value: Value) => [...string(value)];
const clipped = (value: Value, length: Value) =>
  characters(value)
    .slice(0, Math.max(0, Number(length)))
    .join('');
const padding = (value: Value, length: Value, fill: Value) => {
  const missing = Math.min(Number(length), 1_000_000) - characters(value).length;
  return missing <= 0 || fill === '' ? '' : string(fill).repeat(missing).slice(0, missing);
};
const hash = (algorithm: string, value: Value) => createHash(algorithm).update(bytes(value)).digest('hex');

function crc32(data: Buffer): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function extreme(values: Value[], sign: 1 | -1): Value {
  const numeric = values.every(value => typeof value !== 'string');
  const key = (value: Value) => (numeric ? Number(value) : string(value));
  return values.reduce((best, value) => ((key(value) > key(best) ? 1 : -1) === sign ? value : best));
}

const onDate = (value: Value, use: (time: number) => Value): Value => {
  const time = parseDate(value);
  return time === null ? null : use(time);
};

function extract(unit: string, value: Value): Value {
  const seconds = parseTime(value);
  if (unit === 'hour') return seconds === null ? onDate(value, () => 0) : Math.floor(seconds / 3600);
  if (unit === 'minute') return seconds === null ? onDate(value, () => 0) : Math.floor(seconds / 60) % 60;
  if (unit === 'second') return seconds === null ? onDate(value, () => 0) : seconds % 60;
  return onDate(value, time => {
    const date = new Date(time);
    if (unit === 'year') return date.getUTCFullYear();
    if (unit === 'quarter') return Math.floor(date.getUTCMonth() / 3) + 1;
    if (unit === 'month') return date.getUTCMonth() + 1;
    if (unit === 'week') return week(time);
    if (unit === 'year_month') return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
    return unit === 'microsecond' ? date.getUTCMilliseconds() * 1000 : date.getUTCDate();
  });
}
