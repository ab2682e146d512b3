import {type ColumnType, kindOf} from '../sql/column-types.ts';
import {quoteName} from '../sql/values.ts';

/** A table as the dictionary keeps it, in JSON. */
export interface TableDefinition {
  columns: readonly ColumnDefinition[];
  keys: readonly KeyDefinition[];
  foreignKeys: readonly ForeignKey[];
  /** Conditions in SQLite's words, each beside what was written. */
  checks: readonly {name: string; sql: string; text: string}[];
  engine: string;
  charset: string;
  collation: string;
  comment: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** What a view selects, as it was written. */
  view?: string;
}

export interface ColumnDefinition {
  name: string;
  type: ColumnType;
  nullable: boolean;
  autoIncrement: boolean;
  /** In SQLite's words; undefined without a default. `text` is what DESCRIBE shows, `quoted` whether it is a literal. */
  default?: {sql: string; text: string; quoted: boolean};
  /** Set to now by every update. */
  onUpdateNow: boolean;
  comment: string;
  /** Another than the table's. */
  charset?: string;
  collation?: string;
  generated?: {sql: string; text: string; stored: boolean};
}

export interface KeyDefinition {
  /** PRIMARY for the primary key. */
  name: string;
  unique: boolean;
  columns: readonly string[];
}

export interface ForeignKey {
  name: string;
  columns: readonly string[];
  database: string;
  table: string;
  referenced: readonly string[];
  onDelete: string;
  onUpdate: string;
}

/** A table's name in SQLite, which has one name space for all databases. */
export const storedName = (database: string, table: string) => quoteName(`${database}.${table}`);

export const primaryKey = (definition: TableDefinition) =>
  definition.keys.find(key => key.name === 'PRIMARY');

/** Column names are compared without case. */
export const findColumn = (definition: TableDefinition, name: string) =>
  definition.columns.find(column => column.name.toLowerCase() === name.toLowerCase());

/** The columns' kinds, by name in lower case. */
export const kindsOf = (definition: TableDefinition) =>
  new Map(definition.columns.map(column => [column.name.toLowerCase(), kindOf(column.type)]));
