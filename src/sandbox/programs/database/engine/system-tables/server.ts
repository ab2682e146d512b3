import {serverStatus} from '../status.ts';
import type {SystemTable, SystemTables} from './system-table.ts';

/** information_schema and performance_schema on the server: its sessions, status and variables. */
export const serverTables: SystemTables = {
  'information_schema.processlist': {
    columns: 'ID USER HOST DB COMMAND TIME STATE INFO',
    rows: session =>
      [...session.server.sessions.values()].map(other => [
        other.id,
        other.user,
        other.host,
        other.database ?? null,
        other.running ? 'Query' : 'Sleep',
        0,
        '',
        other.running?.sql ?? null,
      ]),
  },
  'information_schema.engines': {
    columns: 'ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS',
    rows: () => [
      ['InnoDB', 'DEFAULT', 'Supports transactions, row-level locking and foreign keys', 'YES', 'YES', 'YES'],
    ],
  },
  'information_schema.global_status': statusTable(),
  'information_schema.session_status': statusTable(),
  'performance_schema.global_status': statusTable(),
  'information_schema.global_variables': variableTable(),
  'information_schema.session_variables': variableTable(),
  'performance_schema.global_variables': variableTable(),
};

function statusTable(): SystemTable {
  return {columns: 'VARIABLE_NAME VARIABLE_VALUE', rows: session => serverStatus(session)};
}

function variableTable(): SystemTable {
  return {columns: 'VARIABLE_NAME VARIABLE_VALUE', rows: session => [...session.server.variables]};
}
