import type {Of, ResourceId, Stored} from '../../objects.ts';

/** How kubectl shows a resource: what the real API server's own printers print. */
export interface Table<T = Stored> {
  columns: readonly Column[];
  /**
   * One row, a cell for each column.
   * @param now milliseconds since the epoch, for ages
   */
  cells(object: T, now: number): readonly Cell[];
}
export type Cell = string | number | boolean;

export interface Column {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'date';
  format: '' | 'name';
  /** 1: only with `-o wide`. */
  priority: 0 | 1;
}

export type TableOf<R extends ResourceId> = Table<Of<R>>;

export const column = (name: string, type: Column['type'] = 'string'): Column => ({
  name,
  type,
  format: '',
  priority: 0,
});
export const wide = (name: string, type: Column['type'] = 'string'): Column => ({
  ...column(name, type),
  priority: 1,
});
export const nameColumn: Column = {...column('Name'), format: 'name'};
export const ageColumn = column('Age');
