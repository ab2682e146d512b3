import type {Column, Table} from './table.ts';

/** A Table's columnDefinitions. */
export function columnsJson({columns}: Pick<Table, 'columns'>): string {
  const known = written.get(columns);
  if (known !== undefined) return known;
  // The descriptions that the real server takes from its types are shown by no client.
  const json = JSON.stringify(columns.map(column => ({...column, description: ''})));
  written.set(columns, json);
  return json;
}

const written = new WeakMap<readonly Column[], string>();
