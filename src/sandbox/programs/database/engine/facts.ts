import {dateText, dateTimeText} from '../sql/dates.ts';
import type {Value} from '../sql/values.ts';
import type {Session} from './session.ts';

/** Functions of the session, by name; undefined for what is none. */
export function factOf(session: Session, name: string): Value | undefined {
  const now = session.server.clock.now();
  const at = (user: string, host: string) => `${user}@${host}`;
  switch (name) {
    case 'now':
    case 'current_timestamp':
    case 'localtime':
    case 'localtimestamp':
    case 'sysdate':
    case 'utc_timestamp':
      return dateTimeText(now);
    case 'curdate':
    case 'current_date':
    case 'utc_date':
      return dateText(now);
    case 'curtime':
    case 'current_time':
    case 'utc_time':
      return dateTimeText(now).slice(11);
    case 'version':
      return session.server.flavour.version;
    case 'database':
    case 'schema':
      return session.database ?? null;
    case 'user':
    case 'session_user':
    case 'system_user':
      return at(session.user, session.host);
    case 'current_user':
      return at(session.account.user, session.account.host);
    case 'connection_id':
      return session.id;
    case 'last_insert_id':
      return session.lastInsertId;
    case 'row_count':
      return session.rowCount;
    case 'found_rows':
      return session.foundRows;
    case 'current_role':
      return null;
    default:
      return undefined;
  }
}
