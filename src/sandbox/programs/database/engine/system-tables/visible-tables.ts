import type {TableDefinition} from '../definition.ts';
import {currentAccount, type Session} from '../session.ts';
import {maySee} from '../users.ts';

/** The databases that the account may see, information_schema among them. */
export function visibleDatabases(session: Session): string[] {
  const account = currentAccount(session);
  return [...session.server.databases].filter(name => name === 'information_schema' || maySee(account, name));
}

interface VisibleTable {
  database: string;
  name: string;
  definition: TableDefinition;
}

/** All tables and views of those databases. */
export const visibleTables = (session: Session): VisibleTable[] =>
  visibleDatabases(session).flatMap(database =>
    session.dictionary.list(database).map(({name, definition}) => ({database, name, definition})),
  );
