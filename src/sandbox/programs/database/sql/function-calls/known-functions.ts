import {commonKind} from '../expressions/kinds.ts';
import type {Piece} from '../translation.ts';
import {decimal, double, int, type Kind, text} from '../values.ts';

type KindOf = (args: readonly Piece[]) => Kind;

const first: KindOf = args => args[0]?.kind() ?? text;

const any: KindOf = commonKind;

const always =
  (kind: Kind): KindOf =>
  () =>
    kind;

/** Functions that SQLite has, by their name there. */
export const native: Readonly<Record<string, readonly [sql: string, kind: KindOf]>> = {
  abs: ['abs', first],
  sign: ['sign', always(int)],
  ceil: ['ceil', always(int)],
  ceiling: ['ceil', always(int)],
  floor: ['floor', always(int)],
  mod: ['mod', first],
  pow: ['pow', always(double)],
  power: ['pow', always(double)],
  sqrt: ['sqrt', always(double)],
  exp: ['exp', always(double)],
  ln: ['ln', always(double)],
  log: ['ln', always(double)],
  log2: ['log2', always(double)],
  log10: ['log10', always(double)],
  sin: ['sin', always(double)],
  cos: ['cos', always(double)],
  tan: ['tan', always(double)],
  asin: ['asin', always(double)],
  acos: ['acos', always(double)],
  atan: ['atan', always(double)],
  atan2: ['atan2', always(double)],
  pi: ['pi', always(decimal(6))],
  radians: ['radians', always(double)],
  degrees: ['degrees', always(double)],
  if: ['iif', args => commonKind(args.slice(1))],
  ifnull: ['ifnull', any],
  nvl: ['ifnull', any],
  nullif: ['nullif', first],
  coalesce: ['coalesce', any],
  replace: ['replace', always(text)],
  instr: ['instr', always(int)],
  ltrim: ['ltrim', always(text)],
  rtrim: ['rtrim', always(text)],
  json_object: ['json_object', always(text)],
  json_array: ['json_array', always(text)],
  json_valid: ['json_valid', always(int)],
  json_set: ['json_set', always(text)],
  json_insert: ['json_insert', always(text)],
  json_replace: ['json_replace', always(text)],
  json_remove: ['json_remove', always(text)],
  json_length: ['json_array_length', always(int)],
  json_arrayagg: ['json_group_array', always(text)],
  json_objectagg: ['json_group_object', always(text)],
  count: ['count', always(int)],
  min: ['min', first],
  max: ['max', first],
  row_number: ['row_number', always(int)],
  rank: ['rank', always(int)],
  dense_rank: ['dense_rank', always(int)],
  ntile: ['ntile', always(int)],
  lag: ['lag', first],
  lead: ['lead', first],
  first_value: ['first_value', first],
  last_value: ['last_value', first],
};

/** Those of them that make one value of many rows. */
export const aggregates = new Set(['min', 'max', 'json_arrayagg', 'json_objectagg']);

/** Names that are another function. */
export const synonyms: Readonly<Record<string, string>> = {
  ucase: 'upper',
  lcase: 'lower',
  character_length: 'char_length',
  octet_length: 'length',
  sha: 'sha1',
  day: 'dayofmonth',
  mid: 'substring',
  substr: 'substring',
  stddev: 'std',
  stddev_pop: 'std',
  var_pop: 'variance',
  rlike: 'regexp',
};

/** The kinds of implemented functions that do not give text. */
export const implementedKinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(
    (
      'locate field find_in_set length char_length ascii strcmp regexp crc32 bit_count inet_aton datediff ' +
      'timestampdiff extract weekday dayofweek dayofyear weekofyear week to_days time_to_sec sleep benchmark isnull ' +
      'get_lock release_lock'
    )
      .split(' ')
      .map(name => [name, int]),
  ),
  rand: double,
  date: {is: 'date'},
  last_day: {is: 'date'},
  makedate: {is: 'date'},
  timestamp: {is: 'datetime'},
  from_unixtime: {is: 'datetime'},
  time: {is: 'time'},
  timediff: {is: 'time'},
  sec_to_time: {is: 'time'},
  unhex: {is: 'binary'},
  from_base64: {is: 'binary'},
  random_bytes: {is: 'binary'},
};
