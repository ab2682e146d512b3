import type {CommandNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode} from 'just-bash';
import {quoted} from './quoted.ts';
import {call, nameOf, rename, some, statementOf} from './script-tree.ts';

/** Internal commands that stand for what just-bash has not: jobs, traps and exec. */
export const controlCommands = {
  background: '__background',
  wait: '__wait',
  trap: '__trap',
  /** Prints what is to run before the next command: the actions of signals that came. */
  due: '__due',
  /** Ends with the status it is given. */
  status: '__status',
  exec: '__exec',
  /** Can this file be written? Says why not. */
  open: '__open',
  /** Ends with the status it is given, or with 1 when output was lost on its way to a file. */
  written: '__written',
};

const lastJob = '__last_job';

/** Variables that a job's shell sets for itself. */
export const keptOutOfJobs: ReadonlySet<string> = new Set([
  'SHELLOPTS',
  'BASHOPTS',
  'OPTIND',
  'IFS',
  'OLDPWD',
  '?',
]);

export interface ScriptTools {
  parse(script: string): ScriptNode;
  serialize(script: ScriptNode): string;
}

/**
 * Rewrites what just-bash does not do by itself: `command &` starts a process and remembers its pid for `$!`; `exec
 * program` runs it and ends the shell; in a script with traps, signals are looked at after every statement. Changes
 * the tree it is given.
 *
 * @param functions definitions that jobs are to know; those of this script are added
 */
export function addControl(
  script: ScriptNode,
  tools: ScriptTools,
  functions: Map<string, string>,
): ScriptNode {
  noteFunctions(script, tools, functions);
  const trapped = usesTrap(script);
  const parsed = (text: string): StatementNode[] => tools.parse(text).statements;
  const source = (statements: StatementNode[]) => tools.serialize({type: 'Script', statements});

  const rewriteAll = (statements: StatementNode[], look = trapped): StatementNode[] =>
    statements.flatMap(statement => [
      ...rewrite(statement),
      ...(look ? parsed(`eval "$(${controlCommands.due} $?)"`) : []),
    ]);
  const rewrite = (statement: StatementNode): StatementNode[] => {
    if (statement.background) return parsed(toJob(statement));
    for (const pipeline of statement.pipelines)
      pipeline.commands = pipeline.commands.map(command => withTargets(rewriteCommand(command)));
    return [statement];
  };
  const toJob = (statement: StatementNode): string => {
    const text = source([{...statement, background: false}]);
    const whole = isOneCommand(statement) ? `exec ${text}` : text;
    return `${lastJob}=$(${controlCommands.background} ${quoted([...functions.values(), whole].join('\n'))})`;
  };
  const rewriteCommand = (command: CommandNode): CommandNode => {
    switch (command.type) {
      case 'SimpleCommand':
        return rewriteSimple(command);
      case 'FunctionDef':
        command.body = rewriteCommand(command.body) as typeof command.body;
        return command;
      case 'If':
        for (const clause of command.clauses) {
          clause.condition = rewriteAll(clause.condition, false);
          clause.body = rewriteAll(clause.body);
        }
        if (command.elseBody) command.elseBody = rewriteAll(command.elseBody);
        return command;
      case 'While':
      case 'Until':
        command.condition = rewriteAll(command.condition, false);
        command.body = rewriteAll(command.body);
        return command;
      case 'For':
      case 'CStyleFor':
      case 'Subshell':
      case 'Group':
        command.body = rewriteAll(command.body);
        return command;
      case 'Case':
        for (const item of command.items) item.body = rewriteAll(item.body);
        return command;
      default:
        return command;
    }
  };
  /** Looks at the files that output goes to before it runs, and afterwards. */
  const withTargets = (command: CommandNode): CommandNode => {
    const targets = command.redirections.flatMap(({operator, target}) =>
      toFile.has(operator) && 'parts' in target && !isDevice(target) ? [target] : [],
    );
    const keepsOpen = command.type === 'SimpleCommand' && nameOf(command) === 'exec';
    if (targets.length === 0 || keepsOpen || command.type === 'FunctionDef') return command;
    const opening = targets.map(
      target => `${source([statementOf(call(controlCommands.open, target))]).trim()} && `,
    );
    const text = `{ ${opening.join('')}${source([statementOf(command)]).trim()}\n${controlCommands.written} $?; }`;
    return parsed(text)[0]?.pipelines[0]?.commands[0] ?? command;
  };
  const rewriteSimple = (command: SimpleCommandNode): CommandNode => {
    const name = nameOf(command);
    if (name === 'wait' || name === 'trap') rename(command, controlCommands[name]);
    if (name !== 'exec' || command.args.length === 0) return command;
    rename(command, controlCommands.exec);
    return (
      parsed(`{ ${source([statementOf(command)]).trim()}\nexit $?; }`)[0]?.pipelines[0]?.commands[0] ??
      command
    );
  };

  renameLastJob(script);
  script.statements = rewriteAll(script.statements);
  return script;
}

/** Not a shell's own command: a process that the job can become. */
const isOneCommand = ({pipelines}: StatementNode) => {
  const [pipeline, ...others] = pipelines;
  const [command, ...more] = pipeline?.commands ?? [];
  return (
    others.length === 0 &&
    more.length === 0 &&
    command?.type === 'SimpleCommand' &&
    command.assignments.length === 0 &&
    command.redirections.length === 0 &&
    nameOf(command) === 'sleep'
  );
};

const toFile: ReadonlySet<string> = new Set(['>', '>>', '>|', '&>', '&>>']);

/** These take all that is written to them. */
function isDevice({parts}: WordNode): boolean {
  const [part] = parts;
  return part?.type === 'Literal' && part.value.startsWith('/dev/');
}

function noteFunctions(script: ScriptNode, {serialize}: ScriptTools, functions: Map<string, string>): void {
  for (const statement of script.statements)
    for (const {commands} of statement.pipelines)
      for (const command of commands)
        if (command.type === 'FunctionDef')
          functions.set(command.name, serialize({type: 'Script', statements: [statement]}));
}

const usesTrap = (node: unknown): boolean =>
  some(node, one => one.type === 'SimpleCommand' && nameOf(one as unknown as SimpleCommandNode) === 'trap');

/** `$!`, which just-bash has no way to set. */
function renameLastJob(node: unknown): void {
  some(node, one => {
    if (one.type === 'ParameterExpansion' && one.parameter === '!') one.parameter = lastJob;
    return false;
  });
}
