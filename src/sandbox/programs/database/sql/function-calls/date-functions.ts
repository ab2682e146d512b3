import {translateInterval} from '../expressions/intervals.ts';
import {type Piece, piece, type Translation, translateExpression, translateList} from '../translation.ts';
import {int, quoteText, text} from '../values.ts';
import {parenthesized} from './arguments.ts';

/** EXTRACT(unit FROM x) */
export function extractCall(translation: Translation): Piece {
  const {cursor} = translation;
  cursor.expect('(');
  const unit = cursor.name().toLowerCase();
  cursor.expect('from');
  const value = translateExpression(translation);
  cursor.expect(')');
  return piece(`extract('${unit}', ${value.sql})`, int);
}

/** date_add(x, INTERVAL n unit), and adddate(x, days) */
export function dateArithmetic(name: 'date_add' | 'date_sub') {
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
export function withUnit(build: (unit: string, args: string[]) => Piece) {
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

/** UNIX_TIMESTAMP([x]): seconds */
export function unixTimestamp(translation: Translation): Piece {
  const [value] = parenthesized(translation);
  const now = translation.surroundings.fact('now');
  return piece(`CAST(unixepoch(${value?.sql ?? quoteText(String(now))}) AS INTEGER)`, int);
}
