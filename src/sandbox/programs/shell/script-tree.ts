import type {CommandNode, SimpleCommandNode, StatementNode, WordNode} from 'just-bash';

/** A command of one argument. */
export const call = (name: string, argument: WordNode): SimpleCommandNode => ({
  type: 'SimpleCommand',
  name: {type: 'Word', parts: [{type: 'Literal', value: name}]},
  args: [argument],
  assignments: [],
  redirections: [],
});

/** A statement of one command. */
export const statementOf = (command: CommandNode): StatementNode => ({
  type: 'Statement',
  pipelines: [{type: 'Pipeline', commands: [command], negated: false, timed: false, timePosix: false}],
  operators: [],
  background: false,
});

/** A command's name; undefined when it is known only when it runs. */
export function nameOf({name}: SimpleCommandNode): string | undefined {
  const [part, ...others] = name?.parts ?? [];
  return others.length === 0 && part?.type === 'Literal' ? part.value : undefined;
}

/** Gives a command another name. */
export function rename(command: SimpleCommandNode, name: string): void {
  command.name = {type: 'Word', parts: [{type: 'Literal', value: name}]};
}

/** Is there a node, this one or one below, that passes the test? Looks no further then. */
export function some(node: unknown, test: (node: Record<string, unknown>) => boolean): boolean {
  if (Array.isArray(node)) return node.some(one => some(one, test));
  if (typeof node !== 'object' || node === null) return false;
  return test(node as Record<string, unknown>) || Object.values(node).some(one => some(one, test));
}
