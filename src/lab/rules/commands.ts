import {parseArgsStringToArgv} from 'string-argv';
import type {LabFile} from '../schema.ts';
import {type At, inLab, type Rule, stepsOf} from './rule.ts';

export const commandsAreWhole: Rule = lab =>
  commandsOf(lab)
    .filter(({value}) => endsWithinQuotes(value))
    .map(({path}) => inLab(path, 'a quotation mark is not closed'));

/** Nothing else is run: these two are there on every system, and are what the lab is about. */
export const commandsBeginWithKubectl: Rule = lab =>
  commandsOf(lab)
    .filter(({value}) => !['kubectl', 'statelab'].includes(parseArgsStringToArgv(value)[0] ?? ''))
    .map(({path, value}) => inLab(path, `must begin with kubectl or statelab: ${value}`));

/** What goes on in the background is ended when the step is left, so nothing is undone by it. */
export const onlyDoingGoesOn: Rule = lab =>
  commandsOf(lab).flatMap(({path, value}) => {
    const words = parseArgsStringToArgv(value);
    if (words.slice(0, -1).includes('&'))
      return [inLab(path, '& may only stand at the end: no shell takes part')];
    return words.at(-1) === '&' && /\.undo\[\d+\]$/.test(path)
      ? [inLab(path, 'what undoes a wrong way must end by itself, so & is not for it')]
      : [];
  });

/** Each YAML file that a command names is under manifests/<id>. */
export const manifestsExist: Rule = lab =>
  commandsOf(lab).flatMap(({path, value}) =>
    parseArgsStringToArgv(value)
      .map(word => word.replace(/^(-f|--filename)=?/, ''))
      .filter(
        word => /^[^-].*\.ya?ml$/.test(word) && !word.includes('://') && !Object.hasOwn(lab.manifests, word),
      )
      .map(word => inLab(path, `there is no manifest ${word}`)),
  );

/** Every command of a lab: what is shown, what solves a step, what goes wrong and what undoes that. */
export function commandsOf(lab: LabFile): At<string>[] {
  return stepsOf(lab).flatMap(({path, value: {command, solve, wrong}}) => [
    ...(command === undefined ? [] : [{path: `${path}.command`, value: command}]),
    ...lines(`${path}.solve`, solve),
    ...wrong.flatMap(({run, undo}, index) => [
      ...lines(`${path}.wrong[${index}].run`, run),
      ...lines(`${path}.wrong[${index}].undo`, undo),
    ]),
  ]);
}

const lines = (path: string, commands: string[] = []): At<string>[] =>
  commands.map((value, index) => ({path: `${path}[${index}]`, value}));

/** string-argv does not mind an open quotation mark; but a word behind it then is no longer one of its own. */
const endsWithinQuotes = (line: string) => parseArgsStringToArgv(`${line} end`).at(-1) !== 'end';
