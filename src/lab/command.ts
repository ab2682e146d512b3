import {parseArgsStringToArgv} from 'string-argv';
import {fillIn, type Variables} from './variables.ts';

/** Does the command go on beside the next ones? Then its line ends with &, which is no word of it. */
export const goesOn = (line: string): boolean => parseArgsStringToArgv(line).at(-1) === '&';

/** A command line of a lab as arguments. Variables are filled in after the split, so a value never becomes two words. */
export const splitCommand = (line: string, variables: Variables): string[] =>
  parseArgsStringToArgv(line)
    .slice(0, goesOn(line) ? -1 : undefined)
    .map(word => fillIn(word, variables));
