import {SqlError} from '../errors.ts';
import {inParentheses, listOf} from './cursor.ts';
import {
  commonKind,
  translateExpression,
  translateInterval,
  translateList,
  valuePiece,
} from './expressions.ts';
import {implementations} from './functions.ts';
import {inClause, type Piece, piece, type Translation} from './translation.ts';
import {decimal, double, int, type Kind, quoteText, text, type Value} from './values.ts';

/** Functions that are written without parentheses, too. */
const bare = new Set(
  'current_timestamp current_date current_time current_user localtime localtimestamp utc_timestamp utc_date utc_time'.split(
    ' ',
  ),
);
export const hasFact = (name: string) => bare.has(name);

/** Translates a function call, or one of the names that are one without parentheses. @throws SqlError 1064, 1305 */
export function call(translation: Translation): Piece {
  const {cursor, surroundings} = translation;
  const written = cursor.next().text;
  const name = written.toLowerCase();
  const special = specials[name];
  if (!cursor.at('(')) return factPiece(surroundings.fact(name) ?? null);
  if (special) return windowed(special(translation), translation);
  const args = parenthesized(translation);
  const fact = surroundings.fact(name);
  if (fact !== undefined) return factPiece(fact);
  return windowed(plainCall(translation, written, name, args), translation);
}

/** NULL, too, is one of its kind: database() without one is still a text. */
const factPiece = (fact: Value): Piece => (fact === null ? piece('NULL', text) : valuePiece(fact));

function parenthesized(translation: Translation): Piece[] {
  const {cursor} = translation;
  cursor.expect('(');
  const args = cursor.at(')') ? [] : translateList(translation);
  cursor.expect(')');
  return args;
}

type KindOf = (args: readonly Piece[]) => Kind;
const first: KindOf = args => args[0]?.kind() ?? text;
const any: KindOf = commonKind;
const always =
  (kind: Kind): KindOf =>
  () =>
    kind;

/** Functions that SQLite has, by their name there. */
const native: Readonly<Record<string, readonly [sql: string, kind: KindOf]>> = {
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
const aggregates = new Set(['min', 'max', 'json_arrayagg', 'json_objectagg']);

/** Names that are another function. */
const synonyms: Readonly<Record<string, string>> = {
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
const implementedKinds: Readonly<Record<string, Kind>> = {
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

function plainCall(translation: Translation, written: string, name: string, args: readonly Piece[]): Piece {
  const sql = args.map(arg => arg.sql).join(', ');
  const builtIn = native[name];
  if (aggregates.has(name)) translation.scope.aggregated = true;
  if (builtIn) return piece(`${builtIn[0]}(${sql})`, () => builtIn[1](args));
  const main = synonyms[name] ?? name;
  if (/^(year|quarter|month|dayofmonth|hour|minute|second|microsecond)$/.test(main))
    return piece(`extract('${main === 'dayofmonth' ? 'day' : main}', ${sql})`, int);
  if (main === 'greatest' || main === 'least') return piece(`${main}(${sql})`, () => commonKind(args));
  if (Object.hasOwn(implementations, main)) return piece(`"${main}"(${sql})`, implementedKinds[main] ?? text);
  const {database} = translation.surroundings;
  throw new SqlError(
    1305,
    '42000',
    `FUNCTION ${database === undefined ? '' : `${database}.`}${written} does not exist`,
  );
}

/** Functions whose arguments are not just a list, or that stand for an expression. */
const specials: Readonly<Record<string, (translation: Translation) => Piece>> = {
  count: countCall,
  sum: aggregate('total', scale => decimal(scale)),
  avg: aggregate('avg', scale => decimal(scale + 4)),
  group_concat: groupConcat,
  std: spread(variance => `sqrt(${variance})`),
  stddev: spread(variance => `sqrt(${variance})`),
  stddev_pop: spread(variance => `sqrt(${variance})`),
  variance: spread(variance => variance),
  var_pop: spread(variance => variance),
  substring,
  substr: substring,
  mid: substring,
  trim,
  position,
  extract: extractCall,
  date_add: dateArithmetic('date_add'),
  adddate: dateArithmetic('date_add'),
  date_sub: dateArithmetic('date_sub'),
  subdate: dateArithmetic('date_sub'),
  timestampdiff: withUnit((unit, args) => piece(`timestampdiff('${unit}', ${args.join(', ')})`, int)),
  timestampadd: withUnit((unit, [amount, date]) => piece(`date_add(${date}, ${amount}, '${unit}')`, text)),
  unix_timestamp: unixTimestamp,
  round: rounded('round'),
  truncate: rounded('truncate'),
  values: newValue,
  value: newValue,
  json_extract: jsonExtract,
  json_unquote: jsonUnquote,
  char: charCall,
};

const counted: Kind = {...int, notNull: true};

function countCall(translation: Translation): Piece {
  translation.scope.aggregated = true;
  const {cursor} = translation;
  cursor.expect('(');
  if (cursor.accept('*')) {
    cursor.expect(')');
    return piece('count(*)', counted);
  }
  const distinct = cursor.accept('distinct');
  const args = translateList(translation);
  cursor.expect(')');
  // SQLite counts one expression: several are made into one text
  const values = args.length === 1 ? args[0]?.sql : args.map(arg => `quote(${arg.sql})`).join(" || ',' || ");
  return piece(`count(${distinct ? 'DISTINCT ' : ''}${values})`, counted);
}

function distinctArgument(translation: Translation): {sql: string; arg: Piece} {
  translation.scope.aggregated = true;
  const {cursor} = translation;
  cursor.expect('(');
  const distinct = cursor.accept('distinct') ? 'DISTINCT ' : '';
  const arg = translateExpression(translation);
  cursor.expect(')');
  return {sql: `${distinct}${arg.sql}`, arg};
}

/** sum and avg: exact of exact numbers, floating of all others. */
function aggregate(name: 'total' | 'avg', exact: (scale: number) => Kind) {
  return (translation: Translation): Piece => {
    const {sql, arg} = distinctArgument(translation);
    const called = name === 'total' ? `sum(${sql})` : `avg(${sql})`;
    return piece(called, () => {
      const {is, scale = 0} = arg.kind();
      return is === 'int' || is === 'decimal' ? exact(scale) : double;
    });
  };
}

function spread(of: (variance: string) => string) {
  return (translation: Translation): Piece => {
    const {sql} = distinctArgument(translation);
    return piece(of(`max(0, avg(${sql} * ${sql} * 1.0) - avg(${sql}) * avg(${sql}))`), decimal(4));
  };
}

function groupConcat(translation: Translation): Piece {
  translation.scope.aggregated = true;
  const {cursor} = translation;
  cursor.expect('(');
  const distinct = cursor.accept('distinct');
  const args = translateList(translation);
  const joined =
    args.length === 1 ? `CAST(${args[0]?.sql} AS TEXT)` : `concat(${args.map(arg => arg.sql).join(', ')})`;
  const order = cursor.accept('order', 'by') ? ` ORDER BY ${translateOrder(translation)}` : '';
  const separator = cursor.accept('separator') ? cursor.text() : ',';
  cursor.expect(')');
  if (!distinct) return piece(`group_concat(${joined}, ${quoteText(separator)}${order})`, text);
  // SQLite takes no separator beside DISTINCT
  const list = `group_concat(DISTINCT ${joined}${order})`;
  return piece(separator === ',' ? list : `replace(${list}, ',', ${quoteText(separator)})`, text);
}

/** What follows ORDER BY. NULLs come first in both dialects. */
export function translateOrder(translation: Translation): string {
  return inClause(translation, 'order', () =>
    listOf(translation.cursor, cursor => {
      const {sql} = translateExpression(translation);
      if (cursor.accept('desc')) return `${sql} DESC`;
      cursor.accept('asc');
      return sql;
    }).join(', '),
  );
}

/** OVER (...) behind a function. */
function windowed(called: Piece, translation: Translation): Piece {
  const {cursor} = translation;
  if (!cursor.accept('over')) return called;
  cursor.expect('(');
  const parts: string[] = [];
  if (cursor.accept('partition', 'by'))
    parts.push(
      `PARTITION BY ${translateList(translation)
        .map(one => one.sql)
        .join(', ')}`,
    );
  if (cursor.accept('order', 'by')) parts.push(`ORDER BY ${translateOrder(translation)}`);
  const frame: string[] = [];
  while (!cursor.at(')') && cursor.peek().kind !== 'end') frame.push(cursor.next().text);
  cursor.expect(')');
  return piece(`${called.sql} OVER (${[...parts, ...frame].join(' ')})`, called.kind);
}

/** substring(x, from, length) and substring(x FROM from FOR length). */
function substring(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const parts = [translateExpression(translation).sql];
  while (cursor.accept(',') || cursor.accept('from') || cursor.accept('for'))
    parts.push(translateExpression(translation).sql);
  cursor.expect(')');
  return piece(`substr(${parts.join(', ')})`, text);
}

/** trim([BOTH|LEADING|TRAILING] [what] FROM x) */
function trim(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const sides = {both: 'trim', leading: 'ltrim', trailing: 'rtrim'} as const;
  const side = (Object.keys(sides) as (keyof typeof sides)[]).find(name => cursor.accept(name));
  const leading = cursor.at('from') ? undefined : translateExpression(translation).sql;
  const value = cursor.accept('from') ? translateExpression(translation).sql : undefined;
  cursor.expect(')');
  const name = sides[side ?? 'both'];
  if (value === undefined) return piece(`${name}(${leading})`, text);
  return piece(leading === undefined ? `${name}(${value})` : `${name}(${value}, ${leading})`, text);
}

function position(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const [needle, , value] = [
    translateOperand(translation),
    cursor.expect('in'),
    translateExpression(translation),
  ];
  cursor.expect(')');
  return piece(`locate(${needle.sql}, ${value.sql})`, int);
}

/** An argument before a word that would else be an operator: a literal or a column. */
function translateOperand(translation: Translation): Piece {
  const {cursor} = translation;
  const token = cursor.peek();
  if (token.kind === 'string') return piece(quoteText(cursor.next().text), text);
  return translateExpression(translation);
}

function extractCall(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const unit = cursor.name().toLowerCase();
  cursor.expect('from');
  const value = translateExpression(translation);
  cursor.expect(')');
  return piece(`extract('${unit}', ${value.sql})`, int);
}

/** date_add(x, INTERVAL n unit), and adddate(x, days) */
function dateArithmetic(name: 'date_add' | 'date_sub') {
  return (translation: Translation): Piece => {
    const {cursor} = translation;
    cursor.expect('(');
    const date = translateExpression(translation);
    cursor.expect(',');
    const {amount, unit} = cursor.at('interval')
      ? translateInterval(translation)
      : {amount: translateExpression(translation), unit: 'day'};
    cursor.expect(')');
    return piece(`${name}(${date.sql}, ${amount.sql}, '${unit}')`, text);
  };
}

/** A function whose first argument is a unit of time. */
function withUnit(build: (unit: string, args: string[]) => Piece) {
  return (translation: Translation): Piece => {
    const {cursor} = translation;
    cursor.expect('(');
    const unit = cursor
      .name()
      .toLowerCase()
      .replace(/^sql_tsi_/, '');
    cursor.expect(',');
    const args = translateList(translation).map(arg => arg.sql);
    cursor.expect(')');
    return build(unit, args);
  };
}

function unixTimestamp(translation: Translation): Piece {
  const [value] = parenthesized(translation);
  const now = translation.surroundings.fact('now');
  return piece(`CAST(unixepoch(${value?.sql ?? quoteText(String(now))}) AS INTEGER)`, int);
}

/** round and truncate keep as many digits as they are told to. */
function rounded(name: 'round' | 'truncate') {
  return (translation: Translation): Piece => {
    const args = parenthesized(translation);
    const digits = Math.max(0, Number(args[1]?.sql ?? 0)) || 0;
    return piece(`${name}(${args.map(arg => arg.sql).join(', ')})`, () => {
      const {is, scale = 0} = args[0]?.kind() ?? text;
      if (is === 'int') return int;
      return is === 'decimal' ? decimal(Math.min(digits, scale)) : double;
    });
  };
}

/** VALUES(column) within ON DUPLICATE KEY UPDATE. */
function newValue(translation: Translation): Piece {
  const [column = ''] = inParentheses(translation.cursor, cursor => cursor.name());
  return translation.newValue ? piece(translation.newValue(column), text) : translation.cursor.fail();
}

function jsonExtract(translation: Translation): Piece {
  const [value, ...paths] = parenthesized(translation).map(arg => arg.sql);
  return piece(
    paths.length === 1 ? `(${value} -> ${paths[0]})` : `json_extract(${value}, ${paths.join(', ')})`,
    text,
  );
}

function jsonUnquote(translation: Translation): Piece {
  const [value] = parenthesized(translation).map(arg => arg.sql);
  return piece(`iif(json_valid(${value}), ${value} ->> '$', ${value})`, text);
}

/** CHAR(65 USING utf8) */
function charCall(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const codes = translateList(translation).map(code => code.sql);
  if (cursor.accept('using')) cursor.text();
  cursor.expect(')');
  return piece(`char(${codes.join(', ')})`, text);
}
