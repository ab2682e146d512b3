import {translateOrder} from '../queries/clauses.ts';
import {type Piece, piece, type Translation, translateExpression, translateList} from '../translation.ts';
import {decimal, double, int, type Kind, quoteText, text} from '../values.ts';

const counted: Kind = {...int, notNull: true};

/** COUNT(*), COUNT(x) and COUNT(DISTINCT x, …). */
export function countCall(translation: Translation): Piece {
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
export function aggregate(name: 'total' | 'avg', exact: (scale: number) => Kind) {
  return (translation: Translation): Piece => {
    const {sql, arg} = distinctArgument(translation);
    const called = name === 'total' ? `sum(${sql})` : `avg(${sql})`;
    return piece(called, () => {
      const {is, scale = 0} = arg.kind();
      return is === 'int' || is === 'decimal' ? exact(scale) : double;
    });
  };
}

/** What is made of the variance. @param of the variance in SQL */
export function spread(of: (variance: string) => string) {
  return (translation: Translation): Piece => {
    const {sql} = distinctArgument(translation);
    return piece(of(`max(0, avg(${sql} * ${sql} * 1.0) - avg(${sql}) * avg(${sql}))`), decimal(4));
  };
}

/** GROUP_CONCAT([DISTINCT] x, … [ORDER BY …] [SEPARATOR '…']). */
export function groupConcat(translation: Translation): Piece {
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

/** OVER (...) behind a function. */
export function windowed(called: Piece, translation: Translation): Piece {
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
