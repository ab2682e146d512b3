import type {ProcessContext} from '../../program.ts';
import type {Flavour} from '../flavour.ts';
import {versionLine} from './messages.ts';
import {BadOption, type ClientOptions, parseOptions} from './options.ts';

/**
 * What every client does first: it reads its options, and tells its version when it is asked to.
 * @returns its exit code when there is nothing more to do
 */
export function startClient(
  context: ProcessContext,
  flavour: Flavour,
  program: string,
): ClientOptions | number {
  try {
    const options = parseOptions(context, flavour);
    if (!options.flags.has('version')) return options;
    context.stdout.write(`${versionLine(flavour, program)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof BadOption)) throw error;
    context.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** The name that a client was called by, without its folder. */
export const programName = ({argv}: ProcessContext): string => (argv[0] ?? '').split('/').at(-1) ?? '';
