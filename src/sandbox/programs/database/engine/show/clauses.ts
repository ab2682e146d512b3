import type {Cursor} from '../../sql/cursor.ts';
import {translateExpression} from '../../sql/translation.ts';
import {quoteName} from '../../sql/values.ts';
import {select, translationFor} from '../query.ts';
import type {Rows} from '../result.ts';
import type {Session} from '../session.ts';
import {likeMatches} from '../users.ts';

/** What stands before the thing that is shown. */
export interface ShowOptions {
  /** FULL or EXTENDED: with more columns. */
  full: boolean;
  /** GLOBAL: the server's, not the session's. */
  global: boolean;
}

/** What stands behind it: LIKE on the first column, or WHERE on all. @throws SqlError */
export function filtered(session: Session, cursor: Cursor, rows: Rows): Rows {
  if (cursor.accept('like')) {
    const pattern = cursor.text();
    cursor.end();
    return {...rows, rows: rows.rows.filter(([first]) => likeMatches(pattern, String(first)))};
  }
  if (cursor.accept('where')) return where(session, cursor, rows);
  cursor.end();
  return rows;
}

function where(session: Session, cursor: Cursor, rows: Rows): Rows {
  const names = rows.columns.map(({name}) => quoteName(name)).join(', ');
  session.connection.exec(`CREATE TEMP TABLE "#show" (${names})`);
  try {
    const insert = session.connection.prepare(
      `INSERT INTO temp."#show" VALUES (${rows.columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows.rows) insert.run(...row);
    const translation = translationFor(session, cursor, []);
    const condition = translateExpression(translation).sql;
    cursor.end();
    return {
      ...rows,
      rows: select(session, translation, `SELECT * FROM temp."#show" WHERE ${condition}`).rows,
    };
  } finally {
    session.connection.exec('DROP TABLE temp."#show"');
  }
}

/** With the pattern in the header, as SHOW DATABASES and SHOW TABLES have it. */
export const headed = (cursor: Cursor, name: string) =>
  cursor.at('like') ? `${name} (${cursor.peek(1).text})` : name;
