import {text} from 'node:stream/consumers';
import type {Program} from '../../../program.ts';
import {SqlError} from '../../errors.ts';
import type {Flavour} from '../../flavour.ts';
import {connect} from '../connect.ts';
import {startClient} from '../start.ts';
import {statementReader} from '../statement-reader.ts';
import {act} from './actions.ts';
import {type Client, errorLine} from './client.ts';
import {converse} from './interactive.ts';

/** The mariadb and mysql clients: statements from -e, a script on stdin or a person at a terminal. */
export const commandLine =
  (flavour: Flavour): Program =>
  async context => {
    const options = startClient(context, flavour, context.argv[0] ?? '');
    if (typeof options === 'number') return options;
    const database = options.flags.get('database') ?? options.operands[0];
    try {
      const connection = await connect(context, flavour, options, database);
      const client: Client = {context, flavour, options, connection, database, interactive: false};
      const execute = options.flags.get('execute');
      const code = await (execute !== undefined
        ? runScript(client, execute)
        : context.tty
          ? converse(client)
          : runScript(client, await text(context.stdin)));
      connection.end();
      return code;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      context.stderr.write(errorLine(error));
      return 1;
    }
  };

async function runScript(client: Client, script: string): Promise<number> {
  const reader = statementReader();
  const lines = script.split('\n');
  for (const [index, line] of lines.entries()) {
    const actions = reader.feed(line);
    if (index === lines.length - 1) actions.push(...reader.finish());
    for (const action of actions) {
      const code = await act(client, reader, action);
      if (code === 'quit') return 0;
      if (code === 'failed' && !client.options.flags.has('force')) return 1;
    }
  }
  return 0;
}
