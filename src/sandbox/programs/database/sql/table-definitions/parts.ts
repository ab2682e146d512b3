import type {ColumnDefinition, ForeignKey, KeyDefinition} from '../../engine/definition.ts';
import {SqlError} from '../../errors.ts';
import type {Translation} from '../translation.ts';

/** The parts of a table that stand in parentheses, as far as they have been read. */
export interface TableParts {
  columns: ColumnDefinition[];
  keys: KeyDefinition[];
  foreignKeys: ForeignKey[];
  checks: {name: string; sql: string; text: string}[];
}

/** Nothing has been read yet. */
export const noParts = (): TableParts => ({columns: [], keys: [], foreignKeys: [], checks: []});

/** What a translation of definitions needs to know besides. */
export interface DefinitionContext {
  translation: Translation;
  database: string;
  table: string;
}

/** Names of columns and keys are compared without case. */
export const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** A key that takes its first column's name gets a number behind it where that is taken. @throws SqlError 1061, 1068 */
export function addKey(parts: TableParts, key: KeyDefinition) {
  if (key.name === 'PRIMARY' && parts.keys.some(({name}) => name === 'PRIMARY'))
    throw new SqlError(1068, '42000', 'Multiple primary key defined');
  const taken = (name: string) => parts.keys.some(one => sameName(one.name, name));
  let {name} = key;
  for (let number = 2; taken(name) && key.name === key.columns[0]; number++) name = `${key.name}_${number}`;
  if (taken(name)) throw new SqlError(1061, '42000', `Duplicate key name '${name}'`);
  parts.keys.push({...key, name});
}
