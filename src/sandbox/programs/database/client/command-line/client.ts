import type {ProcessContext} from '../../../program.ts';
import type {SqlError} from '../../errors.ts';
import type {Flavour} from '../../flavour.ts';
import type {ClientConnection} from '../../protocol/client-connection.ts';
import type {ClientOptions} from '../options.ts';

/** The client in the middle of its work. */
export interface Client {
  context: ProcessContext;
  flavour: Flavour;
  options: ClientOptions;
  connection: ClientConnection;
  database: string | undefined;
  interactive: boolean;
}

/** What came of one thing that it was told. */
export type Outcome = 'done' | 'failed' | 'quit';

/** @param line of the script; undefined at a terminal, or before the first line */
export const errorLine = ({number, state, message}: SqlError, line?: number) =>
  `ERROR ${number} (${state})${line === undefined ? '' : ` at line ${line}`}: ${message}\n`;
