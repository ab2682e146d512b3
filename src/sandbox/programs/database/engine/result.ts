import type {Kind, Value} from '../sql/values.ts';

/** What a statement gives: rows, or how many it touched. */
export type Result = Rows | Done;

export interface Rows {
  columns: readonly ResultColumn[];
  rows: readonly (readonly Value[])[];
}

export interface ResultColumn {
  name: string;
  kind: Kind;
}

export interface Done {
  affected: number;
  insertId: bigint;
  /** e.g. Rows matched: 1  Changed: 1  Warnings: 0 */
  info: string;
}

export const done = (affected = 0, info = '', insertId = 0n): Done => ({affected, insertId, info});

/** Rows of text, numbers and NULLs; a column is numeric when one of its values is. */
export function rowsOf(names: readonly string[], rows: readonly (readonly Value[])[]): Rows {
  const columns = names.map((name, index): ResultColumn => {
    const numeric = rows.some(row => typeof row[index] === 'number' || typeof row[index] === 'bigint');
    const notNull = rows.every(row => row[index] !== null);
    return {name, kind: {is: numeric ? 'int' : 'string', notNull}};
  });
  return {columns, rows};
}
