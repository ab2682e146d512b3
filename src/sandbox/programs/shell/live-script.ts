import type {
  CommandNode,
  PipelineNode,
  ScriptNode,
  SimpleCommandNode,
  StatementNode,
  WordNode,
} from 'just-bash';
import {controlCommands} from './control-script.ts';
import {readsStdin} from './reads-stdin.ts';

/** Files of the shell's own that lead to the streams of its process. */
export const liveStreams = {stdin: '/dev/.stdin', stdout: '/dev/.stdout', stderr: '/dev/.stderr'};

/** Internal commands that run a program of the image with the shell's own streams. */
export const liveCommands = {
  /** …its standard input too. */
  alone: '__live',
  /** …but for standard input, which comes from a pipe. */
  piped: '__live_piped',
};

/**
 * just-bash hands out what a script prints when the script is over. A container's log cannot wait for that, so the
 * script is rewritten: each command whose output would be the shell's own appends it to a file that leads straight to
 * the process's stream. Commands in pipes and substitutions stay as they are. Changes the tree it is given.
 *
 * @param programs names of the image's programs: they run as processes with the shell's streams
 */
export function makeLive(script: ScriptNode, programs: ReadonlySet<string>): ScriptNode {
  rewriteStatements(script.statements, {programs, stdout: true, stderr: true, stdin: true});
  return script;
}

/** Which of the shell's streams a command has, where it stands. */
interface Position {
  programs: ReadonlySet<string>;
  stdout: boolean;
  stderr: boolean;
  stdin: boolean;
}

function rewriteStatements(statements: readonly StatementNode[], position: Position): void {
  for (const {pipelines} of statements) for (const pipeline of pipelines) rewritePipeline(pipeline, position);
}

function rewritePipeline({commands, pipeStderr = []}: PipelineNode, position: Position): void {
  commands.forEach((command, index) => {
    const last = index === commands.length - 1;
    rewriteCommand(command, {
      ...position,
      stdin: position.stdin && index === 0,
      stdout: position.stdout && last,
      stderr: position.stderr && !pipeStderr[index],
    });
  });
}

function rewriteCommand(command: CommandNode, outer: Position): void {
  const position = redirected(command, outer);
  switch (command.type) {
    case 'SimpleCommand':
      return rewriteSimple(command, position);
    case 'FunctionDef':
      return rewriteCommand(command.body, position);
    case 'If':
      for (const {condition, body} of command.clauses) {
        rewriteStatements(condition, position);
        rewriteStatements(body, position);
      }
      return rewriteStatements(command.elseBody ?? [], position);
    case 'While':
    case 'Until':
      rewriteStatements(command.condition, position);
      return rewriteStatements(command.body, position);
    case 'For':
    case 'CStyleFor':
    case 'Subshell':
    case 'Group':
      return rewriteStatements(command.body, position);
    case 'Case':
      for (const {body} of command.items) rewriteStatements(body, position);
      return;
    case 'ArithmeticCommand':
    case 'ConditionalCommand':
      return;
  }
}

/** What is left of a command's position after its own redirections. */
function redirected({redirections}: CommandNode, position: Position): Position {
  const left = {...position};
  for (const {fd, operator} of redirections) {
    if (operator.startsWith('<')) left.stdin = false;
    else if (operator.startsWith('&')) left.stdout = left.stderr = false;
    // 2>&1 and the like: where one stream goes depends on the other, so the shell keeps both to itself.
    else if (operator === '>&') left.stdout = left.stderr = false;
    else if ((fd ?? 1) === 1) left.stdout = false;
    else if (fd === 2) left.stderr = false;
  }
  return left;
}

function rewriteSimple(command: SimpleCommandNode, position: Position): void {
  const name = literal(command.name);
  if (name === undefined && command.name === null) return;
  if (name === controlCommands.exec) return rewriteExec(command, position);
  const duplicates = command.redirections.some(({operator, fd}) => operator === '>&' && (fd ?? 1) !== 1);
  const bothToStdout = duplicates && command.redirections.length === 1;
  if (position.stdout && position.stderr && runsProgram(command, name, position)) return;
  if (position.stdin && readsStdin(name ?? '', command.args.map(literal)))
    command.redirections.unshift(redirection(0, '<', liveStreams.stdin));
  // Before the command's own redirections, so that `2>&1` finds its stdout there.
  if (position.stderr) command.redirections.unshift(redirection(2, '>>', liveStreams.stderr));
  if (position.stdout || bothToStdout) command.redirections.unshift(redirection(1, '>>', liveStreams.stdout));
}

/** The shell becomes a program of the image; whatever else it is to become, it runs as a command of its own. */
function rewriteExec(command: SimpleCommandNode, position: Position): void {
  const [first, ...rest] = command.args;
  const live = position.stdout && position.stderr && position.stdin;
  if (!first || (live && position.programs.has(base(literal(first))))) return;
  command.name = first;
  command.args = rest;
  rewriteSimple(command, position);
}

/** A program of the image becomes a process of the container. */
function runsProgram(
  command: SimpleCommandNode,
  name: string | undefined,
  {programs, stdin}: Position,
): boolean {
  const starter = stdin ? liveCommands.alone : liveCommands.piped;
  if (!command.name || !programs.has(base(name))) return false;
  command.args = [command.name, ...command.args];
  command.name = word(starter);
  return true;
}

const base = (name = '') => name.slice(name.lastIndexOf('/') + 1);

/** A word's text, where it is known before the script runs. */
function literal(node: WordNode | null): string | undefined {
  const texts = (node?.parts ?? []).map(part => {
    if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped') return part.value;
    return undefined;
  });
  return node && texts.every(text => text !== undefined) ? texts.join('') : undefined;
}

const word = (value: string): WordNode => ({type: 'Word', parts: [{type: 'Literal', value}]});

const redirection = (
  fd: number,
  operator: '<' | '>>',
  path: string,
): SimpleCommandNode['redirections'][number] => ({
  type: 'Redirection',
  fd,
  operator,
  target: word(path),
});
