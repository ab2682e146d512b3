import type {ASTNode} from '@marcbachmann/cel-js';
import {celEnvironment} from '../lab/cel.ts';
import type {Json} from '../world/object.ts';
import type {Difference} from './subset.ts';

const environment = celEnvironment({checked: false});
const parsed = new Map<string, ReturnType<typeof environment.parse>>();

/** Is it true? A field that is not there makes it false, as an expression about it would not be true either. */
export function isTrue(expression: string, variables: Record<string, unknown>): boolean {
  return evaluated(expression, variables) === true;
}

/** The text, or each text of the list, that an expression gives; none where a field on the way is not there. */
export function textsOf(expression: string, variables: Record<string, unknown>): string[] {
  const value = evaluated(expression, variables);
  return (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'string');
}

/**
 * Why an expression is not true: of the conditions joined by && the first that fails, its left side with the
 * value it has, and what was wanted of it. Empty when it is true.
 */
export function failures(expression: string, variables: Record<string, unknown>): Difference[] {
  if (isTrue(expression, variables)) return [];
  const text = (node: ASTNode) => expression.slice(node.start, node.end).replace(/\s+/g, ' ').trim();
  const failing = conjuncts(parse(expression).ast).find(node => !isTrue(text(node), variables));
  if (!failing) return [{path: expression, wanted: 'true', found: undefined}];
  if (!isComparison(failing))
    return [{path: text(failing), wanted: 'true', found: jsonOf(evaluated(text(failing), variables))}];
  const [left, right] = failing.args as [ASTNode, ASTNode];
  const rightValue = jsonOf(evaluated(text(right), variables));
  const wanted = rightValue === undefined ? text(right) : JSON.stringify(rightValue);
  return [
    {path: text(left), wanted: `${failing.op} ${wanted}`, found: jsonOf(evaluated(text(left), variables))},
  ];
}

function parse(expression: string) {
  const known = parsed.get(expression);
  if (known) return known;
  const fresh = environment.parse(expression);
  parsed.set(expression, fresh);
  return fresh;
}

/** Undefined where a field on the way is not there. */
function evaluated(expression: string, variables: Record<string, unknown>): unknown {
  const evaluate = parse(expression);
  try {
    return evaluate(variables);
  } catch {
    return undefined;
  }
}

const conjuncts = (node: ASTNode): ASTNode[] =>
  node.op === '&&' ? (node.args as [ASTNode, ASTNode]).flatMap(conjuncts) : [node];

const isComparison = ({op}: ASTNode) => ['==', '!=', '<', '<=', '>', '>='].includes(op);

/** CEL's whole numbers are bigints, also within maps and lists. */
const plainNumbers = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

const jsonOf = (value: unknown): Json | undefined =>
  value === undefined || typeof value === 'function'
    ? undefined
    : (JSON.parse(JSON.stringify(value, plainNumbers)) as Json);
