import {type QueryColumn, type Scope, type Translation, translateExpression} from '../translation.ts';
import {quoteName, text} from '../values.ts';
import {translateAlias} from './clauses.ts';

interface SelectItem extends QueryColumn {
  sql: string;
}

/** An expression with its name: an alias, or else as it was written. */
export function selectItem(translation: Translation): SelectItem {
  const {cursor} = translation;
  const wildcard = wildcardItem(translation);
  if (wildcard) return wildcard;
  const start = cursor.peek();
  const value = translateExpression(translation);
  const end = cursor.peek(-1).end;
  const alias = translateAlias(translation);
  const name = alias ?? writtenName(translation, start.start, end);
  return {name, sql: `${value.sql} AS ${quoteName(name)}`, kind: value.kind};
}

function wildcardItem({cursor}: Translation): SelectItem | undefined {
  const item = (name: string, sql: string) => ({name, sql, kind: () => text});
  if (cursor.accept('*')) return item('*', '*');
  const parts = [0, 2].map(ahead => cursor.peek(ahead).text);
  const dotStar = (ahead: number) => cursor.peek(ahead).text === '.' && cursor.peek(ahead + 1).text === '*';
  const length = dotStar(1) ? 3 : cursor.peek(1).text === '.' && dotStar(3) ? 5 : 0;
  if (length === 0) return undefined;
  for (let count = 0; count < length; count++) cursor.next();
  const table = (length === 3 ? parts[0] : parts[1]) ?? '';
  return item(`${table}.*`, `${quoteName(table)}.*`);
}

/** A wildcard as the columns that it stands for. */
export function expanded(column: SelectItem, scope: Scope): QueryColumn[] {
  if (!column.name.endsWith('*') || !column.sql.endsWith('*')) return [column];
  const table = column.name.slice(0, -2).toLowerCase();
  return scope.tables
    .filter(({alias}) => table === '' || alias.toLowerCase() === table)
    .flatMap(({kinds}) => [...kinds].map(([name, kind]) => ({name, kind: () => kind})));
}

/** A column's own name, a string's content, NULL and TRUE in capitals; all else as it stands in the statement. */
function writtenName({cursor}: Translation, start: number, end: number): string {
  const written = cursor.sql.slice(start, end);
  const [, name] = /^(?:(?:`[^`]+`|[\w$]+)\.)*(`[^`]+`|[A-Za-z_][\w$]*)$/.exec(written) ?? [];
  if (name !== undefined)
    return /^(null|true|false)$/i.test(name) ? name.toUpperCase() : name.replaceAll('`', '');
  const [, quoted] = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(written)?.filter(part => part !== undefined) ?? [];
  return quoted ?? written;
}
