import type {Command} from 'just-bash';
import type {ProcessContext} from '../program.ts';
import {createInterpreter, type Interpreter, type ShellResult, type ShellState} from './interpreter.ts';
import {type LineSource, plainLines} from './line-source.ts';
import {terminalLines} from './terminal-lines.ts';

const readLine = '__read_line';
const line = '__line';

/** Reads a line, runs it, in one and the same shell: what a line sets is there for the next one. */
const loop = `while ${line}=$(${readLine}); do eval "$${line}"; done`;

/**
 * A shell that takes its commands from standard input: at a terminal with a prompt, else a script line by line.
 * Ctrl-C ends the command that runs, Ctrl-D the shell.
 *
 * @param setting commands to begin with
 */
export async function runInteractively(
  context: ProcessContext,
  prompt: (context: ProcessContext, directory: string) => string,
  setting: string,
): Promise<ShellResult> {
  const lines: LineSource = context.tty
    ? terminalLines(context.stdin, context.stdout)
    : plainLines(context.stdin);
  let state: ShellState = {env: {...context.env}, directory: context.workingDirectory};
  let first = setting;
  for (;;) {
    const interrupted = new AbortController();
    lines.onInterrupt(() => interrupted.abort());
    let reading = false;
    const interpreter: Interpreter = await createInterpreter(context, {
      signal: interrupted.signal,
      readAll: () => lines.readAll(),
      programInput: () => lines.programInput(),
      commands: [
        lineCommand(async (env, directory) => {
          state = {env, directory};
          reading = true;
          lines.programsAreDone();
          const text = first || (await nextCommand(lines, interpreter, prompt(context, directory)));
          first = '';
          reading = false;
          return text;
        }),
      ],
    });
    const result = await interpreter.run(loop, state);
    if (!interrupted.signal.aborted || context.killed.aborted || reading) {
      lines.close();
      return result;
    }
  }
}

/** A whole command, which may take several lines; already such that its output comes at once. */
async function nextCommand(
  lines: LineSource,
  interpreter: Interpreter,
  prompt: string,
): Promise<string | undefined> {
  let text = await lines.next(prompt);
  if (text === undefined) return undefined;
  for (;;) {
    try {
      return interpreter.live(text);
    } catch (error) {
      const more = isUnfinished(error) ? await lines.next('> ') : undefined;
      // A real mistake is for the shell to tell.
      if (more === undefined) return text;
      text += `\n${more}`;
    }
  }
}

/** The parser came to the end of the text and wanted more. */
const isUnfinished = (error: unknown): boolean =>
  error instanceof Error && /got EOF|unexpected (EOF|end of file)|unterminated|unclosed/i.test(error.message);

/** Prints the next command, or fails at the end of input. */
const lineCommand = (
  next: (env: Record<string, string>, directory: string) => Promise<string | undefined>,
): Command => ({
  name: readLine,
  async execute(_args, {cwd, env}) {
    const text = await next(Object.fromEntries(env), cwd);
    return {stdout: text ?? '', stderr: '', exitCode: text === undefined ? 1 : 0};
  },
});
