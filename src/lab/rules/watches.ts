import {askedBy, inLab, looksOf, milestonesOf, outagesOf, type Rule, selectorsOf, stepsOf} from './rule.ts';

export const watchesCover: Rule = lab => {
  const unseen = (kind: string) => !lab.watches.some(watched => watched === kind);
  return [
    ...[...milestonesOf(lab).flatMap(selectorsOf), ...stepsOf(lab).flatMap(outagesOf)]
      .filter(({value}) => unseen(value.kind))
      .map(({path, value}) => inLab(`${path}.kind`, `${value.kind} is not among the kinds of watches`)),
    ...stepsOf(lab)
      .filter(({value}) => value.timeline !== undefined && unseen('pods'))
      .map(({path}) => inLab(`${path}.timeline`, 'shows Pods, and pods is not among the kinds of watches')),
  ];
};

/** Only a Pod has a log and runs programs. */
export const looksAskPods: Rule = lab =>
  milestonesOf(lab)
    .flatMap(looksOf)
    .flatMap(askedBy)
    .filter(({value}) => value.kind !== 'pods')
    .map(({path, value}) => inLab(`${path}.kind`, `must be pods to be asked, is ${value.kind}`));
