import type {Problem} from '../../errors.ts';
import {inLab, milestonesOf, type Rule, repeated, stepsOf} from './rule.ts';

export const predictHasRight: Rule = lab =>
  stepsOf(lab).flatMap(({path, value: {type, options, right}}): Problem[] => {
    if (type !== 'predict')
      return options || right !== undefined
        ? [inLab(path, `only a predict has options and right, not a ${type}`)]
        : [];
    if (!options || right === undefined) return [inLab(path, 'a predict needs options and right')];
    if (!options.includes(right)) return [inLab(`${path}.right`, `"${right}" is not among the options`)];
    return repeated(options, option => option).map(option =>
      inLab(`${path}.options`, `"${option}" is there twice`),
    );
  });

export const findHasAnswer: Rule = lab =>
  stepsOf(lab)
    .filter(({value}) => value.type === 'find' && !value.milestones.some(milestone => milestone.answer))
    .map(({path}) => inLab(path, 'a find needs a milestone with answer'));

/** Times by the database are for labs that run one. */
export const timesFit: Rule = lab =>
  lab.database
    ? []
    : milestonesOf(lab)
        .filter(({value: {expect}}) => typeof expect?.within === 'object')
        .map(({path}) =>
          inLab(`${path}.expect.within`, 'only a lab with database: true has times by database'),
        );

/** A learner who is stuck gets a second hint and a way out; a check that refuses nothing is not a check. */
export const doHasHelp: Rule = lab =>
  stepsOf(lab)
    .filter(({value}) => value.type === 'do')
    .flatMap(({path, value}) => [
      ...(value.milestones.length > 0 ? [] : [inLab(path, 'a do needs at least one milestone')]),
      ...(value.hints >= 2 ? [] : [inLab(path, `a do needs at least 2 hints, has ${value.hints}`)]),
      ...(value.solve.length > 0 ? [] : [inLab(path, 'a do needs solve')]),
      ...(value.wrong.length > 0 ? [] : [inLab(path, 'a do needs at least one wrong way')]),
    ]);
