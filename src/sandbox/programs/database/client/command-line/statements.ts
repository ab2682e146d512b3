import type {Answer} from '../../protocol/client-connection.ts';
import type {Action} from '../statement-reader.ts';
import {drawTabbed, drawTable, drawVertical} from '../tables.ts';
import type {Client, Outcome} from './client.ts';

/** Runs a statement and shows what it gives, for a script or a person. @throws SqlError */
export async function runStatement(
  client: Client,
  {sql, vertical}: Extract<Action, {kind: 'statement'}>,
): Promise<Outcome> {
  const {clock, stdout} = client.context;
  const before = clock.now();
  const answers = await client.connection.query(sql);
  const seconds = (clock.now() - before) / 1000;
  const took = client.flavour.name === 'mariadb' ? seconds.toFixed(3) : seconds.toFixed(2);
  for (const answer of answers) {
    stdout.write(draw(client, answer, vertical));
    if (client.interactive) stdout.write(summary(answer, took));
  }
  if (/^\s*use\s/i.test(sql)) client.database = sql.trim().replace(/^use\s+`?([^`]*)`?$/i, '$1');
  return 'done';
}

function draw({options: {flags}, interactive}: Client, answer: Answer, vertical: boolean): string {
  if (!('rows' in answer) || answer.rows.length === 0) return '';
  const withNames = !flags.has('skip-column-names') && flags.get('silent') !== 'twice';
  if (vertical || flags.has('vertical')) return drawVertical(answer);
  const asTable = flags.has('table') || (interactive && !flags.has('batch') && !flags.has('silent'));
  return asTable ? drawTable(answer, withNames) : drawTabbed(answer, withNames, flags.has('raw'));
}

function summary(answer: Answer, took: string): string {
  const many = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const warnings = answer.warnings > 0 ? `, ${many(answer.warnings, 'warning')}` : '';
  if ('rows' in answer)
    return answer.rows.length === 0
      ? `Empty set${warnings} (${took} sec)\n\n`
      : `${many(answer.rows.length, 'row')} in set${warnings} (${took} sec)\n\n`;
  const info = answer.info === '' ? '' : `${answer.info}\n`;
  return `Query OK, ${many(answer.affected, 'row')} affected${warnings} (${took} sec)\n${info}\n`;
}
