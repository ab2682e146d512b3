import type {Value} from '../../sql/values.ts';
import type {Session} from '../session.ts';

/** A table that is made when it is asked for. */
export interface SystemTable {
  /** Names, with spaces between them. */
  columns: string;
  /** What is so now, for those eyes. */
  rows(session: Session): Value[][];
}

/** By database and name, with a dot between them, in lower case. */
export type SystemTables = Readonly<Record<string, SystemTable>>;
