import type {Flavour} from '../flavour.ts';
import {isText, typeText} from '../sql/column-types.ts';
import {backquoted} from '../sql/values.ts';
import type {ColumnDefinition, TableDefinition} from './definition.ts';

/** PRI, UNI, MUL or nothing, as DESCRIBE marks columns. */
export function keyMark(definition: TableDefinition, {name}: ColumnDefinition): string {
  const leads = definition.keys.filter(key => key.columns[0]?.toLowerCase() === name.toLowerCase());
  const inPrimary = definition.keys.some(
    key => key.name === 'PRIMARY' && key.columns.some(column => column.toLowerCase() === name.toLowerCase()),
  );
  if (inPrimary) return 'PRI';
  if (leads.some(key => key.unique && key.columns.length === 1)) return 'UNI';
  return leads.length > 0 ? 'MUL' : '';
}

export function extraText(column: ColumnDefinition, flavour: Flavour): string {
  if (column.autoIncrement) return 'auto_increment';
  if (column.generated) return `${column.generated.stored ? 'STORED' : 'VIRTUAL'} GENERATED`;
  const now = flavour.name === 'mariadb' ? 'current_timestamp()' : 'CURRENT_TIMESTAMP';
  const generated =
    flavour.name === 'mysql' && column.default?.sql === 'CURRENT_TIMESTAMP' ? 'DEFAULT_GENERATED' : '';
  return [generated, column.onUpdateNow ? `on update ${now}` : ''].filter(Boolean).join(' ');
}

/** As DESCRIBE shows it; null for none. */
export const defaultText = (column: ColumnDefinition): string | null =>
  column.default === undefined || column.default.sql === 'NULL' ? null : column.default.text;

/** SHOW CREATE TABLE's text. @param nextId AUTO_INCREMENT's next value */
export function createTableText(
  name: string,
  definition: TableDefinition,
  nextId: bigint,
  flavour: Flavour,
): string {
  const lines = [
    ...definition.columns.map(column => columnLine(column, definition, flavour)),
    ...definition.keys.map(keyLine),
    ...definition.foreignKeys.map(foreignKeyLine),
    ...definition.checks.map(check => `CONSTRAINT ${backquoted(check.name)} CHECK (${check.text})`),
  ];
  const counter =
    definition.columns.some(column => column.autoIncrement) && nextId > 1n ? ` AUTO_INCREMENT=${nextId}` : '';
  const comment = definition.comment === '' ? '' : ` COMMENT='${definition.comment.replaceAll("'", "''")}'`;
  const {engine, charset, collation} = definition;
  return (
    `CREATE TABLE ${backquoted(name)} (\n  ${lines.join(',\n  ')}\n` +
    `) ENGINE=${engine}${counter} DEFAULT CHARSET=${charset} COLLATE=${collation}${comment}`
  );
}

const list = (names: readonly string[]) => names.map(backquoted).join(',');

function columnLine(column: ColumnDefinition, definition: TableDefinition, flavour: Flavour): string {
  const parts = [backquoted(column.name), typeText(column.type, flavour)];
  if (column.charset !== undefined) parts.push(`CHARACTER SET ${column.charset}`);
  if (column.collation !== undefined && column.collation !== definition.collation)
    parts.push(`COLLATE ${column.collation}`);
  if (column.generated)
    parts.push(
      `GENERATED ALWAYS AS (${column.generated.text}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    );
  if (!column.nullable) parts.push('NOT NULL');
  else if (column.type.name === 'timestamp') parts.push('NULL');
  const value = defaultLine(column, flavour);
  if (value !== undefined) parts.push(value);
  if (column.onUpdateNow)
    parts.push(`ON UPDATE ${flavour.name === 'mariadb' ? 'current_timestamp()' : 'CURRENT_TIMESTAMP'}`);
  if (column.autoIncrement) parts.push('AUTO_INCREMENT');
  if (column.comment !== '') parts.push(`COMMENT '${column.comment.replaceAll("'", "''")}'`);
  return parts.join(' ');
}

function defaultLine(column: ColumnDefinition, flavour: Flavour): string | undefined {
  if (column.generated || column.autoIncrement) return undefined;
  if (column.default === undefined || column.default.sql === 'NULL') {
    const without = flavour.name === 'mysql' && /text|blob|json/.test(column.type.name);
    return column.nullable && !without ? 'DEFAULT NULL' : undefined;
  }
  const {text, quoted, sql} = column.default;
  const literal = quoted && sql !== 'CURRENT_TIMESTAMP' && (isText(column.type) || !/\(/.test(text));
  return `DEFAULT ${literal ? `'${text.replaceAll("'", "''")}'` : text}`;
}

function keyLine(key: TableDefinition['keys'][number]): string {
  if (key.name === 'PRIMARY') return `PRIMARY KEY (${list(key.columns)})`;
  return `${key.unique ? 'UNIQUE ' : ''}KEY ${backquoted(key.name)} (${list(key.columns)})`;
}

function foreignKeyLine(key: TableDefinition['foreignKeys'][number]): string {
  const action = (event: string, what: string) => (what === 'RESTRICT' ? '' : ` ON ${event} ${what}`);
  return (
    `CONSTRAINT ${backquoted(key.name)} FOREIGN KEY (${list(key.columns)}) ` +
    `REFERENCES ${backquoted(key.table)} (${list(key.referenced)})` +
    `${action('DELETE', key.onDelete)}${action('UPDATE', key.onUpdate)}`
  );
}
