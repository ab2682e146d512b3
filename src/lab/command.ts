import {parseArgsStringToArgv} from 'string-argv';
import {fillIn, type Variables} from './variables.ts';

/** A command line of a lab as arguments. Variables are filled in after the split, so a value never becomes two words. */
export const splitCommand = (line: string, variables: Variables): string[] =>
  parseArgsStringToArgv(line).map(word => fillIn(word, variables));
