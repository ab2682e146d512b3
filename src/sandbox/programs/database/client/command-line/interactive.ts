import {createInterface} from 'node:readline';
import {banner} from '../messages.ts';
import {type StatementReader, statementReader} from '../statement-reader.ts';
import {act, announceTables} from './actions.ts';
import type {Client} from './client.ts';

/** A person at a terminal: prompts, and goes on after errors. */
export async function converse(client: Client): Promise<number> {
  const {context, flavour, connection} = client;
  const {stdin, stdout} = context;
  client.interactive = true;
  if (client.database !== undefined) await announceTables(client);
  stdout.write(banner(flavour, connection));
  const reader = statementReader();
  const terminal = createInterface({input: stdin, output: stdout, terminal: true, historySize: 100});
  const prompt = () => {
    terminal.setPrompt(promptFor(client, reader));
    terminal.prompt();
  };
  terminal.on('SIGINT', () => {
    stdout.write('^C\n');
    reader.clear();
    prompt();
  });
  context.killed.addEventListener('abort', () => terminal.close(), {once: true});
  prompt();
  for await (const line of terminal) {
    for (const action of reader.feed(line))
      if ((await act(client, reader, action)) === 'quit') return goodbye(client, terminal);
    prompt();
  }
  stdout.write('^D');
  return goodbye(client, terminal);
}

function goodbye({context}: Client, terminal: {close(): void}): number {
  terminal.close();
  context.stdout.write('Bye\n');
  return 0;
}

function promptFor({flavour, database}: Client, reader: StatementReader): string {
  const main = flavour.name === 'mariadb' ? `MariaDB [${database ?? '(none)'}]> ` : 'mysql> ';
  const pending = reader.pending();
  return pending === '' ? main : `${pending.padStart(6)} `;
}
