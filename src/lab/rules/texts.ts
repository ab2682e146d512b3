import type {Problem} from '../../errors.ts';
import type {Lab, Language, StepText} from '../lab.ts';
import type {Step} from '../schema.ts';
import {placeholdersOf} from '../variables.ts';
import {inText, type Rule, stringsIn, textsOf} from './rule.ts';

/** Each language has the steps of lab.yaml, in their order. */
export const stepsAgree: Rule = lab => {
  const wanted = lab.steps.map(step => step.id);
  return textsOf(lab).flatMap(([language, {steps}]) => {
    const found = Object.keys(steps);
    const missing = wanted
      .filter(id => !found.includes(id))
      .map(id => inText(language, '', `has no step "${id}"`));
    const extra = found
      .filter(id => !wanted.includes(id))
      .map(id => inText(language, id, `lab.yaml has no step "${id}"`));
    if (missing.length > 0 || extra.length > 0) return [...missing, ...extra];
    const moved = found.find((id, index) => id !== wanted[index]);
    return moved === undefined
      ? []
      : [inText(language, moved, `the steps are in another order than in lab.yaml: ${wanted.join(', ')}`)];
  });
};

export const hintsCounted: Rule = lab =>
  eachText(lab, (step, text, language) =>
    text.hints.length === step.hints
      ? []
      : [inText(language, step.id, `has ${text.hints.length} hints, lab.yaml says ${step.hints}`)],
  );

export const optionsHaveText: Rule = lab =>
  eachText(lab, ({id, options = []}, text, language) => [
    ...options
      .filter(option => !Object.hasOwn(text.options, option))
      .map(option => inText(language, id, `has no text for the option "${option}"`)),
    ...Object.keys(text.options)
      .filter(option => !options.includes(option))
      .map(option =>
        inText(language, `${id}.options.${option}`, `lab.yaml has no option "${option}" in this step`),
      ),
  ]);

export const reasonsHaveText: Rule = lab =>
  eachText(lab, ({id, milestones}, text, language) => {
    const reasons = new Set(milestones.flatMap(({expect}) => expect?.because ?? []));
    return [...reasons]
      .filter(reason => !Object.hasOwn(text.because, reason))
      .map(reason => inText(language, id, `has no text for the reason "${reason}"`));
  });

/** What is said of a milestone is said in each language, and there is such a milestone. */
export const milestonesAgree: Rule = lab => {
  const said = (id: string) =>
    new Set(textsOf(lab).flatMap(([, {steps}]) => Object.keys(steps[id]?.milestones ?? {})));
  return eachText(lab, ({id, milestones}, text, language) => [
    ...Object.keys(text.milestones)
      .filter(milestone => !milestones.some(one => one.id === milestone))
      .map(milestone =>
        inText(
          language,
          `${id}.milestones.${milestone}`,
          `lab.yaml has no milestone "${milestone}" in this step`,
        ),
      ),
    ...[...said(id)]
      .filter(milestone => !Object.hasOwn(text.milestones, milestone))
      .map(milestone =>
        inText(language, id, `has no text for the milestone "${milestone}", another language has`),
      ),
  ]);
};

/** A translation that lost a ${name}, or kept one that the original no longer has. */
export const placeholdersAgree: Rule = lab =>
  eachText(lab, ({id}, text, language) => {
    if (language === 'en') return [];
    const original = namesIn(lab.texts.en.steps[id]);
    const here = namesIn(text);
    return [
      ...original
        .filter(name => !here.includes(name))
        .map(name => inText(language, id, `lacks \${${name}}, which en.md has`)),
      ...here
        .filter(name => !original.includes(name))
        .map(name => inText(language, id, `has \${${name}}, which en.md lacks`)),
    ];
  });

const namesIn = (text: StepText | undefined): string[] => [
  ...new Set(stringsIn(text, '').flatMap(({value}) => placeholdersOf(value))),
];

/** Asks about each step that has its text in a language; stepsAgree says which have not. */
function eachText(lab: Lab, ask: (step: Step, text: StepText, language: Language) => Problem[]): Problem[] {
  return textsOf(lab).flatMap(([language, {steps}]) =>
    lab.steps.flatMap(step => {
      const text = Object.hasOwn(steps, step.id) ? steps[step.id] : undefined;
      return text ? ask(step, text, language) : [];
    }),
  );
}
