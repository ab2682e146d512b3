import {SqlError} from '../../errors.ts';
import {inParentheses} from '../cursor.ts';
import {commonKind} from '../expressions/kinds.ts';
import {valuePiece} from '../expressions/literals.ts';
import {implementations} from '../functions/functions.ts';
import {type Piece, piece, type Translation} from '../translation.ts';
import {decimal, double, int, text, type Value} from '../values.ts';
import {aggregate, countCall, groupConcat, spread, windowed} from './aggregates.ts';
import {parenthesized} from './arguments.ts';
import {dateArithmetic, extractCall, unixTimestamp, withUnit} from './date-functions.ts';
import {aggregates, implementedKinds, native, synonyms} from './known-functions.ts';
import {charCall, jsonExtract, jsonUnquote, position, substring, trim} from './text-functions.ts';

/** Functions that are written without parentheses, too. */
const bare = new Set(
  'current_timestamp current_date current_time current_user localtime localtimestamp utc_timestamp utc_date utc_time'.split(
    ' ',
  ),
);

/** Is it one of them? */
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
