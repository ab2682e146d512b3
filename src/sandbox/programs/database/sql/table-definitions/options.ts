import type {TableDefinition} from '../../engine/definition.ts';
import {SqlError} from '../../errors.ts';
import type {Cursor} from '../cursor.ts';

/** ENGINE=…, CHARSET=… and the like, behind the parentheses. `nextId` is AUTO_INCREMENT. */
export function parseTableOptions(
  cursor: Cursor,
): Partial<Pick<TableDefinition, 'engine' | 'charset' | 'collation' | 'comment'>> & {nextId?: bigint} {
  const options: ReturnType<typeof parseTableOptions> = {};
  for (;;) {
    cursor.accept(',');
    cursor.accept('default');
    if (cursor.accept('engine')) options.engine = engineName(optionValue(cursor));
    else if (cursor.accept('character', 'set') || cursor.accept('charset'))
      options.charset = optionValue(cursor);
    else if (cursor.accept('collate')) options.collation = optionValue(cursor);
    else if (cursor.accept('comment')) options.comment = optionValue(cursor);
    else if (cursor.accept('auto_increment')) options.nextId = BigInt(optionValue(cursor));
    else if (otherOptions.some(name => cursor.accept(name))) optionValue(cursor);
    else return options;
  }
}

const otherOptions = (
  'row_format avg_row_length max_rows min_rows checksum delay_key_write pack_keys stats_persistent page_checksum ' +
  'stats_auto_recalc key_block_size transactional'
).split(' ');

function optionValue(cursor: Cursor): string {
  cursor.accept('=');
  return cursor.peek().kind === 'number' ? String(cursor.integer()) : cursor.text();
}

function engineName(name: string): string {
  const known = ['InnoDB', 'MyISAM', 'Aria', 'MEMORY', 'CSV', 'ARCHIVE', 'BLACKHOLE'];
  const found = known.find(one => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new SqlError(1286, '42000', `Unknown storage engine '${name}'`);
  return found;
}
