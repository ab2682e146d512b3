import type {Problem} from '../../errors.ts';
import {celEnvironment} from '../cel.ts';
import {compileRegex} from '../regex.ts';
import {type At, inLab, type MilestoneAt, milestonesOf, type Rule, type StepAt, stepsOf} from './rule.ts';
import {rememberedAt} from './scope.ts';

/** CEL parses, uses nothing but its variables, and answers yes or no, or gives a text where an answer is wanted. */
export const expressionsParse: Rule = lab => [
  ...milestonesOf(lab).flatMap(milestone => {
    const {step, index} = milestone;
    return checked(expressionsOf(milestone, rememberedAt(lab, {step: step.index, milestone: index})));
  }),
  ...stepsOf(lab).flatMap(step => checked(servedOf(step, rememberedAt(lab, {step: step.index})))),
];

interface ExpressionAt extends At<string> {
  variables: string[];
  gives?: 'text';
}

const checked = (expressions: ExpressionAt[]): Problem[] =>
  expressions.flatMap(({path, value, variables, gives}) => {
    const wrong = checkCel(value, variables, gives);
    return wrong === undefined ? [] : [inLab(path, `not a CEL ${gives ?? 'condition'}: ${wrong}`)];
  });

const servedOf = ({path, value: {outage}}: StepAt, remembered: string[]): ExpressionAt[] =>
  typeof outage?.served === 'string'
    ? [{path: `${path}.outage.served`, value: outage.served, variables: ['self', 'objects', ...remembered]}]
    : [];

function expressionsOf(
  {path, value: {match, seen, never, probe, answer}}: MilestoneAt,
  remembered: string[],
): ExpressionAt[] {
  const all = [
    {path: `${path}.match`, value: match, variables: ['self', 'objects', ...remembered]},
    {path: `${path}.seen`, value: seen, variables: ['self', 'objects', ...remembered]},
    {path: `${path}.never`, value: never, variables: ['objects', ...remembered]},
    {path: `${path}.probe.cel`, value: probe?.cel, variables: ['answers']},
  ];
  const right: ExpressionAt[] =
    answer && 'value' in answer
      ? [
          {
            path: `${path}.answer.value`,
            value: answer.value,
            variables: ['self', 'objects', ...remembered],
            gives: 'text',
          },
        ]
      : [];
  return [
    ...all.flatMap(({value, ...rest}) => (typeof value === 'string' ? {value, ...rest} : [])),
    ...right,
  ];
}

function checkCel(source: string, variables: string[], gives?: 'text'): string | undefined {
  const environment = celEnvironment({checked: true});
  for (const name of new Set(variables)) environment.registerVariable(name, 'dyn');
  const {valid, type = '', error} = environment.check(source);
  if (!valid) return error?.summary ?? 'it does not parse';
  if (gives === 'text')
    return /^(dyn|string|list(<(dyn|string)>)?)$/.test(type) ? undefined : `it gives ${type}, not text`;
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
    const compiled = answer && 'find' in answer && tryCompile(`${answer.find}|`);
    const groups = compiled instanceof RegExp ? (compiled.exec('')?.length ?? 0) - 1 : 1;
    return groups > 0 ? [] : [inLab(`${path}.answer.find`, 'has no group (…) for the answer')];
  });

function regexesOf({path, value: {probe, answer}}: MilestoneAt): At<string>[] {
  return [
    ...(probe?.matches === undefined ? [] : [{path: `${path}.probe.matches`, value: probe.matches}]),
    ...(answer && 'find' in answer ? [{path: `${path}.answer.find`, value: answer.find}] : []),
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
