import type {SystemTables} from './system-table.ts';

/** The tables of the database mysql: who may log in, and what they may do. */
export const accountTables: SystemTables = {
  'mysql.user': {
    columns:
      'Host User Password Select_priv Insert_priv Update_priv Delete_priv Create_priv Drop_priv Super_priv plugin authentication_string account_locked',
    rows: session =>
      session.users.list().map(({host, user, hash, locked, grants}) => {
        const all = grants.find(({database}) => database === '*')?.privileges ?? [];
        const has = (name: string) => mark(all, name);
        const shown = hash === '' ? '' : `*${hash.toUpperCase()}`;
        return [
          host,
          user,
          shown,
          has('SELECT'),
          has('INSERT'),
          has('UPDATE'),
          has('DELETE'),
          has('CREATE'),
          has('DROP'),
          has('SUPER'),
          session.server.flavour.authentication,
          shown,
          locked ? 'Y' : 'N',
        ];
      }),
  },
  'mysql.db': {
    columns: 'Host Db User Select_priv Insert_priv Update_priv Delete_priv',
    rows: session =>
      session.users.list().flatMap(({host, user, grants}) =>
        grants
          .filter(({database, table}) => database !== '*' && table === '*')
          .map(({database, privileges}) => {
            const has = (name: string) => mark(privileges, name);
            return [host, database, user, has('SELECT'), has('INSERT'), has('UPDATE'), has('DELETE')];
          }),
      ),
  },
};

const mark = (privileges: readonly string[], name: string) =>
  privileges.includes('ALL PRIVILEGES') || privileges.includes(name) ? 'Y' : 'N';
