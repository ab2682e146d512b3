import type {Program} from '../program.ts';
import {createInterpreter} from './interpreter.ts';

/** One of the shell's own commands as a program of its own: `kubectl exec pod -- ls /data`. */
export const tool: Program = async context => {
  const [path = '', ...args] = context.argv;
  const interpreter = await createInterpreter(context);
  const {exitCode} = await interpreter.command(path.slice(path.lastIndexOf('/') + 1), args);
  return exitCode;
};
