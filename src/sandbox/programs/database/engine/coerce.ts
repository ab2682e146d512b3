import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {integerRange, isBinary, isInteger, isTemporal, maxLength} from '../sql/column-types.ts';
import {dateText, dateTimeText, parseDate, parseTime, timeText} from '../sql/dates.ts';
import {fixed, type Value} from '../sql/values.ts';
import type {ColumnDefinition} from './definition.ts';

/** Where a value is to go, for the words of an error. */
export interface Destination {
  flavour: Flavour;
  database: string;
  table: string;
  /** Counted from 1. */
  row: number;
}

/** A value that does not fit, and what is stored instead where the statement does not mind (IGNORE, sql_mode ''). */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly error: SqlError;
  readonly instead: Value;
  constructor(error: SqlError, instead: Value) {
    super(error.message);
    this.error = error;
    this.instead = instead;
  }
}

/** A value as a column stores it. @throws Misfit */
export function coerce(value: Value, column: ColumnDefinition, to: Destination): Value {
  const {type} = column;
  if (value === null) return null;
  if (isInteger(type)) return toInteger(value, column, to);
  if (type.name === 'decimal') return toDecimal(value, column, to);
  if (type.name === 'float' || type.name === 'double') return toNumber(value, column, to);
  if (isTemporal(type)) return toTemporal(value, column, to);
  if (type.name === 'enum' || type.name === 'set') return toMember(value, column, to);
  if (type.name === 'json') checkJson(value, column, to);
  return withinLength(isBinary(type) ? toBytes(value) : toText(value), column, to);
}

const toText = (value: Value) =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
const toBytes = (value: Value) => (value instanceof Uint8Array ? value : Buffer.from(String(value)));

const outOfRange = (column: ColumnDefinition, {row}: Destination) =>
  new SqlError(1264, '22003', `Out of range value for column '${column.name}' at row ${row}`);
const truncated = (column: ColumnDefinition, {row}: Destination) =>
  new SqlError(1265, '01000', `Data truncated for column '${column.name}' at row ${row}`);

function incorrect(kind: string, value: Value, column: ColumnDefinition, to: Destination): SqlError {
  if (to.flavour.name === 'mysql')
    return new SqlError(
      kind === 'integer' || kind === 'decimal' || kind === 'double' ? 1366 : 1292,
      kind === 'integer' || kind === 'decimal' || kind === 'double' ? 'HY000' : '22007',
      `Incorrect ${kind} value: '${toText(value)}' for column '${column.name}' at row ${to.row}`,
    );
  return new SqlError(
    kind === 'date' || kind === 'datetime' || kind === 'time' ? 1292 : 1366,
    '22007',
    `Incorrect ${kind} value: '${toText(value)}' for column ` +
      `\`${to.database}\`.\`${to.table}\`.\`${column.name}\` at row ${to.row}`,
  );
}

/** The number at the beginning of a text, as MySQL reads it. */
function leadingNumber(value: Value): {number: number; whole: boolean} {
  const written = toText(value).trim();
  const [found = ''] = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(written) ?? [];
  return {number: Number(found), whole: found !== '' && found === written};
}

function toInteger(value: Value, column: ColumnDefinition, to: Destination): Value {
  const [lowest, highest] = integerRange(column.type);
  let integer: bigint;
  if (typeof value === 'bigint') integer = value;
  else if (typeof value === 'number') integer = BigInt(fixed(value, 0));
  else if (/^\s*[+-]?\d+\s*$/.test(toText(value))) integer = BigInt(toText(value).trim());
  else {
    const {number, whole} = leadingNumber(value);
    const rounded = Math.round(number);
    if (!whole)
      throw new Misfit(
        rounded === 0 ? incorrect('integer', value, column, to) : truncated(column, to),
        rounded,
      );
    integer = BigInt(rounded);
  }
  if (integer < lowest) throw new Misfit(outOfRange(column, to), lowest);
  if (integer > highest) throw new Misfit(outOfRange(column, to), highest);
  return integer;
}

function toDecimal(value: Value, column: ColumnDefinition, to: Destination): Value {
  const [precision = 10, scale = 0] = column.type.sizes;
  const {number, whole} = leadingNumber(value);
  if (!whole) throw new Misfit(incorrect('decimal', value, column, to), number);
  const limit = 10 ** (precision - scale);
  const rounded = Number(fixed(number, scale));
  if (Math.abs(rounded) >= limit)
    throw new Misfit(outOfRange(column, to), Math.sign(number) * (limit - 10 ** -scale));
  if (column.type.unsigned && rounded < 0) throw new Misfit(outOfRange(column, to), 0);
  return rounded;
}

function toNumber(value: Value, column: ColumnDefinition, to: Destination): Value {
  const {number, whole} = leadingNumber(value);
  if (!whole) throw new Misfit(incorrect('double', value, column, to), number);
  return column.type.name === 'float' ? Number(number.toPrecision(6)) : number;
}

function toTemporal(value: Value, column: ColumnDefinition, to: Destination): Value {
  const {name, sizes} = column.type;
  if (name === 'time') {
    const seconds = parseTime(value);
    if (seconds === null) throw new Misfit(incorrect('time', value, column, to), '00:00:00');
    return timeText(seconds);
  }
  const time = parseDate(value);
  if (time !== null) return name === 'date' ? dateText(time) : dateTimeText(time, sizes[0] ?? 0);
  const kind = name === 'date' ? 'date' : 'datetime';
  throw new Misfit(
    incorrect(kind, value, column, to),
    kind === 'date' ? '0000-00-00' : '0000-00-00 00:00:00',
  );
}

function toMember(value: Value, column: ColumnDefinition, to: Destination): Value {
  const {name, members} = column.type;
  if (typeof value !== 'string' && name === 'enum') {
    const member = members[Number(value) - 1];
    if (member === undefined) throw new Misfit(truncated(column, to), '');
    return member;
  }
  const wanted = name === 'set' ? toText(value).split(',').filter(Boolean) : [toText(value)];
  const found = wanted.map(one => members.find(member => member.toLowerCase() === one.toLowerCase()));
  const fitting = found.filter(member => member !== undefined);
  if (fitting.length < wanted.length) throw new Misfit(truncated(column, to), fitting.join(','));
  return fitting.toSorted((one, other) => members.indexOf(one) - members.indexOf(other)).join(',');
}

function checkJson(value: Value, column: ColumnDefinition, to: Destination) {
  try {
    JSON.parse(toText(value));
  } catch {
    throw new Misfit(
      to.flavour.name === 'mariadb'
        ? new SqlError(
            4025,
            '23000',
            `CONSTRAINT \`${to.table}.${column.name}\` failed for \`${to.database}\`.\`${to.table}\``,
          )
        : new SqlError(
            3140,
            '22032',
            `Invalid JSON text: "Invalid value." at position 0 in value for column '${to.table}.${column.name}'.`,
          ),
      value,
    );
  }
}

function withinLength(value: string | Uint8Array, column: ColumnDefinition, to: Destination): Value {
  const limit = maxLength(column.type);
  const length = typeof value === 'string' ? [...value].length : value.length;
  if (limit === undefined || length <= limit)
    return column.type.name === 'char' ? toText(value).trimEnd() : value;
  const cut = typeof value === 'string' ? [...value].slice(0, limit).join('') : value.subarray(0, limit);
  throw new Misfit(
    new SqlError(1406, '22001', `Data too long for column '${column.name}' at row ${to.row}`),
    cut,
  );
}
