import {inLab, milestonesOf, type Rule, repeated, stepsOf} from './rule.ts';

export const stepIdsDiffer: Rule = lab =>
  repeated(stepsOf(lab), step => step.value.id).map(({path, value}) =>
    inLab(`${path}.id`, `an earlier step has the id "${value.id}" as well`),
  );

export const milestoneIdsDiffer: Rule = lab =>
  repeated(milestonesOf(lab), ({step, value}) => `${step.index} ${value.id}`).map(({path, value}) =>
    inLab(`${path}.id`, `an earlier milestone of this step has the id "${value.id}" as well`),
  );

export const wrongIdsDiffer: Rule = lab =>
  stepsOf(lab).flatMap(({path, value}) => {
    const ways = value.wrong.map((way, index) => ({path: `${path}.wrong[${index}].id`, id: way.id}));
    return repeated(ways, way => way.id).map(way =>
      inLab(way.path, `an earlier wrong way of this step has the id "${way.id}" as well`),
    );
  });

export const undoneByLater: Rule = lab =>
  stepsOf(lab).flatMap(({path, index, value: {undoneBy}}) => {
    if (undoneBy === undefined || lab.steps.slice(index + 1).some(step => step.id === undoneBy)) return [];
    return [inLab(`${path}.undoneBy`, `no later step is called "${undoneBy}"`)];
  });
