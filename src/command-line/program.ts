import {CommanderError} from 'commander';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {Outside} from '../outside.ts';
import {createBuilder} from './builder.ts';
import {addBundleCommands} from './bundle-commands.ts';
import {addClusterCommands} from './cluster-commands.ts';
import {addDoctorCommand} from './doctor-command.ts';
import {addLabCommands} from './lab-commands.ts';
import {addNodeCommands} from './node-commands.ts';
import {languageOfArgs} from './options.ts';

/**
 * Reads the command line and runs the command.
 * @returns the exit code
 * @throws ExpectedError `usage` and all that the commands throw
 */
export async function runProgram(
  args: readonly string[],
  outside: Outside,
  version: string,
): Promise<number> {
  let exitCode: number = exitCodes.reached;
  const builder = createBuilder({
    outside,
    language: languageOfArgs(args, outside),
    version,
    done: async run => {
      exitCode = await run;
    },
  });
  addLabCommands(builder);
  addClusterCommands(builder);
  addNodeCommands(builder);
  addDoctorCommand(builder);
  addBundleCommands(builder);
  try {
    await builder.program.parseAsync([...args], {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.reached;
    throw new ExpectedError(
      'usage',
      {detail: error.message.replace(/^error: /, '')},
      {exitCode: exitCodes.usage, cause: error},
    );
  }
  return exitCode;
}
