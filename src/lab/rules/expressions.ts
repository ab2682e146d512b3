import {Environment} from '@marcbachmann/cel-js';
import type {Problem} from '../../errors.ts';
import {compileRegex} from '../regex.ts';
import {type At, inLab, type MilestoneAt, milestonesOf, type Rule} from './rule.ts';
import {rememberedAt} from './scope.ts';

/** CEL parses, uses nothing but its variables, and answers yes or no. */
export const expressionsParse: Rule = lab =>
  milestonesOf(lab).flatMap(milestone => {
    const remembered = rememberedAt(lab, milestone.step.index, milestone.index);
    return expressionsOf(milestone, remembered).flatMap(({path, value, variables}) => {
      const wrong = checkCel(value, variables);
      return wrong === undefined ? [] : [inLab(path, `not a CEL condition: ${wrong}`)];
    });
  });

interface ExpressionAt extends At<string> {
  variables: string[];
}

function expressionsOf(
  {path, value: {match, seen, never, probe}}: MilestoneAt,
  remembered: string[],
): ExpressionAt[] {
  const all = [
    {path: `${path}.match`, value: match, variables: ['self', 'objects', ...remembered]},
    {path: `${path}.seen`, value: seen, variables: ['self', 'objects', ...remembered]},
    {path: `${path}.never`, value: never, variables: ['objects', ...remembered]},
    {path: `${path}.probe.cel`, value: probe?.cel, variables: ['answers']},
  ];
  return all.flatMap(({value, ...rest}) => (typeof value === 'string' ? {value, ...rest} : []));
}

function checkCel(source: string, variables: string[]): string | undefined {
  const environment = new Environment({unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false});
  for (const name of new Set(variables)) environment.registerVariable(name, 'dyn');
  const {valid, type = '', error} = environment.check(source);
  if (!valid) return error?.summary ?? 'it does not parse';
  return ['bool', 'dyn'].includes(type) ? undefined : `it gives ${type}, not true or false`;
}

export const regexesCompile: Rule = lab =>
  milestonesOf(lab)
    .flatMap(regexesOf)
    .flatMap(({path, value}) => {
      const compiled = tryCompile(value);
      return compiled instanceof RegExp ? [] : [inLab(path, compiled.message)];
    });

export const findsHaveAGroup: Rule = lab =>
  milestonesOf(lab).flatMap(({path, value: {answer}}): Problem[] => {
    const compiled = answer && tryCompile(`${answer.find}|`);
    const groups = compiled instanceof RegExp ? (compiled.exec('')?.length ?? 0) - 1 : 1;
    return groups > 0 ? [] : [inLab(`${path}.answer.find`, 'has no group (…) for the answer')];
  });

function regexesOf({path, value: {probe, answer}}: MilestoneAt): At<string>[] {
  return [
    ...(probe?.matches === undefined ? [] : [{path: `${path}.probe.matches`, value: probe.matches}]),
    ...(answer ? [{path: `${path}.answer.find`, value: answer.find}] : []),
  ];
}

function tryCompile(source: string): RegExp | SyntaxError {
  try {
    return compileRegex(source);
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}
