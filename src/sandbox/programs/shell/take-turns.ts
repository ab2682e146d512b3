import type {Command, ScriptNode, StatementNode} from 'just-bash';

/** Lets others have a turn. */
export const turn: Command = {
  name: '__turn',
  execute: () => new Promise(resolve => setImmediate(() => resolve({stdout: '', stderr: '', exitCode: 0}))),
};

/**
 * Makes each round of each loop take a turn: `while :; do :; done` would otherwise hold up the whole process, and with
 * it the API server. Changes the tree.
 */
export function takeTurns(script: ScriptNode): ScriptNode {
  visit(script);
  return script;
}

function visit(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(visit);
  if (typeof node !== 'object' || node === null) return;
  for (const part of Object.values(node)) visit(part);
  const statements = roundOf(node as Loop);
  statements?.unshift(takeTurn());
}

interface Loop {
  type?: string;
  condition?: StatementNode[];
  body?: StatementNode[];
}

/** What every round begins with, before anybody can ask for the status of the command before. */
const roundOf = ({type, condition, body}: Loop): StatementNode[] | undefined =>
  type === 'While' || type === 'Until'
    ? condition
    : type === 'For' || type === 'CStyleFor'
      ? body
      : undefined;

const takeTurn = (): StatementNode => ({
  type: 'Statement',
  pipelines: [
    {
      type: 'Pipeline',
      negated: false,
      commands: [
        {
          type: 'SimpleCommand',
          name: {type: 'Word', parts: [{type: 'Literal', value: turn.name}]},
          args: [],
          assignments: [],
          redirections: [],
        },
      ],
    },
  ],
  operators: [],
  background: false,
});
