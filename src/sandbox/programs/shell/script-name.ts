import type {ScriptNode} from 'just-bash';

/** Where the name of a script is kept for it: just-bash has a $0 of its own. */
export const nameVariable = '__name';

/** Lets `$0` mean the name that the script was given. Changes the tree. */
export function renameZero(script: ScriptNode): ScriptNode {
  visit(script);
  return script;
}

function visit(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(visit);
  if (typeof node !== 'object' || node === null) return;
  if (isZero(node)) node.parameter = nameVariable;
  else for (const part of Object.values(node)) visit(part);
}

const isZero = (node: object): node is {parameter: string} =>
  'type' in node && node.type === 'ParameterExpansion' && 'parameter' in node && node.parameter === '0';
