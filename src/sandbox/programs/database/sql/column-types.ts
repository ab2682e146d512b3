import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {type Cursor, inParentheses} from './cursor.ts';
import {double, int, type Kind, text} from './values.ts';

/** A column's type as it was declared, under its main name: integer becomes int, bool becomes tinyint(1). */
export interface ColumnType {
  name: string;
  /** In parentheses: lengths and digits. */
  sizes: readonly number[];
  unsigned: boolean;
  zerofill: boolean;
  /** Of enum and set. */
  members: readonly string[];
}

const synonyms: Readonly<Record<string, string>> = {
  integer: 'int',
  int4: 'int',
  int8: 'bigint',
  int3: 'mediumint',
  int2: 'smallint',
  int1: 'tinyint',
  middleint: 'mediumint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  real: 'double',
  character: 'char',
  nchar: 'char',
  nvarchar: 'varchar',
  varcharacter: 'varchar',
};

const integerWidths: Readonly<Record<string, readonly [signed: number, unsigned: number, bytes: number]>> = {
  tinyint: [4, 3, 1],
  smallint: [6, 5, 2],
  mediumint: [9, 8, 3],
  int: [11, 10, 4],
  bigint: [20, 20, 8],
};

const textLengths: Readonly<Record<string, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
  json: 4_294_967_295,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
  longblob: 4_294_967_295,
};

const others =
  'decimal float double bit char varchar binary varbinary date time datetime timestamp year enum set';
const known = new Set([...Object.keys(integerWidths), ...Object.keys(textLengths), ...others.split(' ')]);

/** @throws SqlError 1064, or 4161 for a type that does not exist */
export function parseColumnType(cursor: Cursor): ColumnType {
  const written = cursor.peek();
  const lower = cursor.name().toLowerCase();
  if (lower === 'bool' || lower === 'boolean') return plain('tinyint', [1]);
  if (lower === 'serial') return {...plain('bigint'), unsigned: true};
  if (lower === 'double') cursor.accept('precision');
  if (lower === 'national') return parseColumnType(cursor);
  const varying = lower.startsWith('char') && cursor.accept('varying');
  const name = varying ? 'varchar' : (synonyms[lower] ?? lower);
  if (!known.has(name)) {
    if (cursor.flavour.name === 'mysql')
      throw new SqlError(1064, '42000', unknownInMysql(cursor, written.start));
    throw new SqlError(4161, 'HY000', `Unknown data type: '${written.text}'`);
  }
  const type = {...plain(name), ...parseSizes(cursor, name)};
  for (;;) {
    if (cursor.accept('unsigned')) type.unsigned = true;
    else if (cursor.accept('zerofill')) type.zerofill = type.unsigned = true;
    else if (!cursor.accept('signed')) break;
  }
  return withDefaultSizes(type);
}

const unknownInMysql = (cursor: Cursor, at: number) =>
  'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version ' +
  `for the right syntax to use near '${cursor.sql.slice(at, at + 80)}' at line 1`;

const plain = (name: string, sizes: number[] = []): ColumnType => ({
  name,
  sizes,
  unsigned: false,
  zerofill: false,
  members: [],
});

function parseSizes(cursor: Cursor, name: string): Pick<ColumnType, 'sizes' | 'members'> {
  if (!cursor.at('(')) return {sizes: [], members: []};
  if (name === 'enum' || name === 'set')
    return {sizes: [], members: inParentheses(cursor, list => list.text())};
  return {sizes: inParentheses(cursor, list => list.integer()), members: []};
}

const withDefaultSizes = (type: ColumnType): ColumnType => {
  const defaults: Readonly<Record<string, number[]>> = {decimal: [10, 0], char: [1], binary: [1], bit: [1]};
  if (type.name === 'decimal' && type.sizes.length === 1) return {...type, sizes: [...type.sizes, 0]};
  return type.sizes.length > 0 ? type : {...type, sizes: defaults[type.name] ?? []};
};

/** As DESCRIBE shows it. MySQL leaves the widths of integers out, but for tinyint(1). */
export function typeText(type: ColumnType, flavour: Flavour): string {
  const width = integerWidths[type.name];
  const suffix = `${type.unsigned ? ' unsigned' : ''}${type.zerofill ? ' zerofill' : ''}`;
  if (type.name === 'json' && flavour.name === 'mariadb') return 'longtext';
  if (type.name === 'year') return flavour.name === 'mariadb' ? 'year(4)' : 'year';
  if (type.members.length > 0)
    return `${type.name}(${type.members.map(member => `'${member.replaceAll("'", "''")}'`).join(',')})`;
  if (
    width &&
    flavour.name === 'mysql' &&
    !(type.name === 'tinyint' && type.sizes[0] === 1) &&
    !type.zerofill
  )
    return `${type.name}${suffix}`;
  const sizes = width && type.sizes.length === 0 ? [width[type.unsigned ? 1 : 0]] : type.sizes;
  return `${type.name}${sizes.length > 0 ? `(${sizes.join(',')})` : ''}${suffix}`;
}

/** How SQLite stores it. Text compares without case, as utf8mb4's default collations do. */
export function storageType(type: ColumnType): string {
  if (isInteger(type)) return 'INTEGER';
  if (type.name === 'decimal') return 'NUMERIC';
  if (type.name === 'float' || type.name === 'double') return 'REAL';
  if (isBinary(type)) return 'BLOB';
  return 'TEXT COLLATE NOCASE';
}

export const isInteger = (type: ColumnType) =>
  type.name in integerWidths || ['bit', 'year'].includes(type.name);
export const isBinary = (type: ColumnType) => /blob|binary/.test(type.name);
export const isText = (type: ColumnType) => /char|text|enum|set|json/.test(type.name);
export const isTemporal = (type: ColumnType) => ['date', 'time', 'datetime', 'timestamp'].includes(type.name);

/** The most characters (bytes for binary types) it holds; undefined for types without a length. */
export const maxLength = (type: ColumnType): number | undefined =>
  textLengths[type.name] ?? (/char|binary/.test(type.name) ? type.sizes[0] : undefined);

/** The smallest and the largest integer. */
export function integerRange(type: ColumnType): [bigint, bigint] {
  if (type.name === 'year') return [0n, 2155n];
  if (type.name === 'bit') return [0n, 2n ** BigInt(type.sizes[0] ?? 1) - 1n];
  const bits = BigInt((integerWidths[type.name]?.[2] ?? 8) * 8);
  return type.unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

export function kindOf(type: ColumnType): Kind {
  if (isInteger(type)) return int;
  if (type.name === 'decimal') return {is: 'decimal', scale: type.sizes[1] ?? 0};
  if (type.name === 'float' || type.name === 'double') return double;
  if (isBinary(type)) return {is: 'binary'};
  if (type.name === 'date' || type.name === 'time') return {is: type.name};
  return type.name === 'datetime' || type.name === 'timestamp' ? {is: 'datetime'} : text;
}
