import type {ProcessContext, Program} from '../program.ts';
import {runInteractively} from './interactive.ts';
import {createInterpreter, type ShellResult} from './interpreter.ts';
import {quoted} from './quoted.ts';

/** How a shell was called: `sh`, `sh file args…` or `sh -c script name args…`. */
interface Call {
  script?: string;
  file?: string;
  /** $0 */
  name: string;
  /** $1 and so on. */
  parameters: readonly string[];
  /** -e, -x and the like, for `set`. */
  flags: string;
  interactive: boolean;
}

/**
 * A POSIX shell as pid 1, for exec or within another shell.
 * @param prompt what an interactive one shows, e.g. `/ # `
 */
export function shell(prompt: (context: ProcessContext, directory: string) => string): Program {
  return async context => {
    const call = parseCall(context.argv);
    if ('refused' in call) {
      context.stderr.write(`${context.argv[0]}: ${call.refused}\n`);
      return 2;
    }
    const {exitCode} = await run(context, call, prompt);
    return exitCode;
  };
}

async function run(
  context: ProcessContext,
  call: Call,
  prompt: (context: ProcessContext, directory: string) => string,
): Promise<ShellResult> {
  const setting = [
    ...(call.flags ? [`set -${call.flags}`] : []),
    ...(call.parameters.length > 0 ? [`set -- ${call.parameters.map(quoted).join(' ')}`] : []),
  ].join('\n');
  const withSetting = (script: string) => (setting ? `${setting}\n${script}` : script);
  if (call.script !== undefined) {
    const interpreter = await createInterpreter(context, {name: call.name});
    return interpreter.run(withSetting(call.script));
  }
  if (call.file === undefined) return runInteractively(context, prompt, setting);
  const {files} = context.container;
  const path = files.resolvePath(context.workingDirectory, call.file);
  const script = await files.readFile(path).catch(() => undefined);
  if (script !== undefined) {
    const interpreter = await createInterpreter(context, {name: call.file});
    return interpreter.run(withSetting(script));
  }
  context.stderr.write(`${context.argv[0]}: can't open '${call.file}': No such file or directory\n`);
  return {exitCode: 2, env: {}};
}

function parseCall([shellName = 'sh', ...args]: readonly string[]): Call | {refused: string} {
  let flags = '';
  let command = false;
  let interactive = false;
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--' || arg === '-') {
      at++;
      break;
    }
    if (arg === '--login') continue;
    if (arg === '-o' || arg === '+o') {
      at++;
      continue;
    }
    if (!arg.startsWith('-')) break;
    for (const letter of arg.slice(1)) {
      if (letter === 'c') command = true;
      else if (letter === 'i') interactive = true;
      else if ('eux'.includes(letter)) flags += letter;
      else if (!'lsm'.includes(letter)) return {refused: `illegal option -${letter}`};
    }
  }
  const [first, ...rest] = args.slice(at);
  if (command && first === undefined) return {refused: '-c requires an argument'};
  const called = {name: (command ? rest[0] : first) ?? shellName, flags, interactive};
  if (command) return {...called, script: first ?? '', parameters: rest.slice(1)};
  return {...called, ...(first !== undefined && {file: first}), parameters: rest};
}
