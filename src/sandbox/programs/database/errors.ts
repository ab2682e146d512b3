import type {Flavour} from './flavour.ts';

/** An answer of the database that is an error: number, SQLSTATE and text as a real server gives them. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly number: number;
  readonly state: string;
  constructor(number: number, state: string, message: string) {
    super(message);
    this.number = number;
    this.state = state;
  }
}

/** @param at where in the statement it stopped making sense */
export function syntaxError(flavour: Flavour, sql: string, at: number): SqlError {
  const near = sql.slice(at, at + 80);
  const line = sql.slice(0, at).split('\n').length;
  return new SqlError(
    1064,
    '42000',
    'You have an error in your SQL syntax; check the manual that corresponds to your ' +
      `${flavour.product} server version for the right syntax to use near '${near}' at line ${line}`,
  );
}

/** What a real server does, and this one does not. */
export const notSimulated = (what: string) =>
  new SqlError(1235, '42000', `This version of the simulated database doesn't yet support '${what}'`);

export const unknownDatabase = (name: string) => new SqlError(1049, '42000', `Unknown database '${name}'`);
export const noDatabase = () => new SqlError(1046, '3D000', 'No database selected');
export const noSuchTable = (database: string, table: string) =>
  new SqlError(1146, '42S02', `Table '${database}.${table}' doesn't exist`);
export const columnCount = (row: number) =>
  new SqlError(1136, '21S01', `Column count doesn't match value count at row ${row}`);

/** The clauses of a statement as the two servers name them. */
const clauses = {
  select: ['SELECT', 'field list'],
  where: ['WHERE', 'where clause'],
  on: ['ON', 'on clause'],
  group: ['GROUP BY', 'group statement'],
  having: ['HAVING', 'having clause'],
  order: ['ORDER BY', 'order clause'],
  insert: ['INSERT INTO', 'field list'],
  set: ['SET', 'field list'],
} as const;
export type Clause = keyof typeof clauses;

export const unknownColumn = (flavour: Flavour, column: string, clause: Clause) =>
  new SqlError(
    1054,
    '42S22',
    `Unknown column '${column}' in '${clauses[clause][flavour.name === 'mariadb' ? 0 : 1]}'`,
  );

export const accessDenied = (user: string, host: string, database: string) =>
  new SqlError(1044, '42000', `Access denied for user '${user}'@'${host}' to database '${database}'`);

export const needsPrivilege = (privilege: string) =>
  new SqlError(
    1227,
    '42000',
    `Access denied; you need (at least one of) the ${privilege} privilege(s) for this operation`,
  );

export const noSuchGrant = (user: string, host: string) =>
  new SqlError(1141, '42000', `There is no such grant defined for user '${user}' on host '${host}'`);

export const noSuchUser = () => new SqlError(1133, '28000', "Can't find any matching row in the user table");

export const cannotBeNull = (column: string) =>
  new SqlError(1048, '23000', `Column '${column}' cannot be null`);
