import type {Problem} from '../../errors.ts';
import {type Lab, type LabText, type Language, languages} from '../lab.ts';
import type {LabFile, Look, Milestone, Selector, Step} from '../schema.ts';

export type Rule = (lab: Lab) => Problem[];

/** Anything of a lab with its path in lab.yaml, such as `steps[3].milestones[0]`. */
export interface At<T> {
  path: string;
  value: T;
}
export interface StepAt extends At<Step> {
  index: number;
}
export interface MilestoneAt extends At<Milestone> {
  step: StepAt;
  index: number;
}

export const inLab = (path: string, message: string): Problem => ({file: 'lab.yaml', path, message});
export const inText = (language: Language, path: string, message: string): Problem => ({
  file: `${language}.md`,
  path,
  message,
});

export const stepsOf = (lab: LabFile): StepAt[] =>
  lab.steps.map((value, index) => ({path: `steps[${index}]`, value, index}));

export const milestonesOf = (lab: LabFile): MilestoneAt[] =>
  stepsOf(lab).flatMap(step =>
    step.value.milestones.map((value, index) => ({
      path: `${step.path}.milestones[${index}]`,
      value,
      step,
      index,
    })),
  );

export const textsOf = (lab: Lab): [Language, LabText][] =>
  languages.map(language => [language, lab.texts[language]]);

/** The looks that a milestone's probe and answer take. */
export function looksOf({path, value: {probe, answer}}: At<Milestone>): At<Look>[] {
  const probed = (value: Look | Look[]): At<Look>[] =>
    Array.isArray(value)
      ? value.map((one, index) => ({path: `${path}.probe.look[${index}]`, value: one}))
      : [{path: `${path}.probe.look`, value}];
  return [
    ...(probe ? probed(probe.look) : []),
    ...(answer && 'from' in answer ? [{path: `${path}.answer.from`, value: answer.from}] : []),
  ];
}

/** The objects that a look asks. */
export function askedBy({path, value}: At<Look>): At<Selector>[] {
  if ('log' in value) return [{path: `${path}.log.object`, value: value.log.object}];
  return 'exec' in value ? [{path: `${path}.exec.object`, value: value.exec.object}] : [];
}

/** Every selector of a milestone. */
export function selectorsOf(milestone: At<Milestone>): At<Selector>[] {
  const {path, value} = milestone;
  return [
    ...(value.object ? [{path: `${path}.object`, value: value.object}] : []),
    ...(value.answer && 'value' in value.answer
      ? [{path: `${path}.answer.object`, value: value.answer.object}]
      : []),
    ...looksOf(milestone).flatMap(askedBy),
  ];
}

/** The selector of what a step's outage is measured of. */
export const outagesOf = ({path, value: {outage}}: At<Step>): At<Selector>[] =>
  outage ? [{path: `${path}.outage.object`, value: outage.object}] : [];

/** Every text within a value, however deep. */
export function stringsIn(value: unknown, path: string): At<string>[] {
  if (typeof value === 'string') return [{path, value}];
  if (Array.isArray(value)) return value.flatMap((item, index) => stringsIn(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => stringsIn(item, path ? `${path}.${key}` : key));
}

/** The items whose key an earlier item has already. */
export function repeated<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.filter((item, index) => items.findIndex(other => key(other) === key(item)) < index);
}
