import stringWidth from 'string-width';
import type {Answer} from '../protocol/client-connection.ts';

type Rows = Extract<Answer, {rows: unknown}>;

/** The box that clients draw on a terminal. Numbers stand on the right. */
export function drawTable({columns, rows}: Rows, withNames: boolean): string {
  const cells = rows.map(row => row.map(value => visible(value ?? 'NULL')));
  const widths = columns.map(({name}, index) =>
    Math.max(
      withNames ? width(name) : 0,
      ...cells.map(row => width(row[index] ?? '')),
      columns[index]?.notNull ? 0 : 'NULL'.length,
    ),
  );
  const border = `+${widths.map(one => '-'.repeat(one + 2)).join('+')}+\n`;
  const line = (row: readonly string[], right: (index: number) => boolean) =>
    `|${row.map((cell, index) => ` ${padded(cell, widths[index] ?? 0, right(index))} `).join('|')}|\n`;
  const names = withNames
    ? line(
        columns.map(({name}) => name),
        () => false,
      ) + border
    : '';
  const body = cells.map(row => line(row, index => columns[index]?.isNumber ?? false)).join('');
  return `${border}${names}${body}${border}`;
}

/** Each row under a line of stars: \G. */
export function drawVertical({columns, rows}: Rows): string {
  const longest = Math.max(0, ...columns.map(({name}) => width(name)));
  return rows
    .map((row, number) => {
      const lines = columns.map(
        ({name}, index) => `${padded(name, longest, true)}: ${row[index] ?? 'NULL'}\n`,
      );
      return `*************************** ${number + 1}. row ***************************\n${lines.join('')}`;
    })
    .join('');
}

/** A line per row with tabs between the values: batch mode. */
export function drawTabbed({columns, rows}: Rows, withNames: boolean, raw: boolean): string {
  const escaped = (value: string) =>
    raw ? value : value.replace(/[\\\t\n\0]/g, char => escapes[char] ?? char);
  const names = withNames ? `${columns.map(({name}) => escaped(name)).join('\t')}\n` : '';
  return (
    names +
    rows.map(row => `${row.map(value => (value === null ? 'NULL' : escaped(value))).join('\t')}\n`).join('')
  );
}

const escapes: Readonly<Record<string, string>> = {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\0': '\\0'};

const visible = (value: string) => value.replaceAll('\0', ' ');

/** In columns of a terminal; a line end counts as one, as in the real client's boxes. */
const width = (value: string) => stringWidth(value.replace(/[\n\t]/g, ' '));

const padded = (value: string, columns: number, right: boolean) => {
  const fill = ' '.repeat(Math.max(0, columns - width(value)));
  return right ? fill + value : value + fill;
};
