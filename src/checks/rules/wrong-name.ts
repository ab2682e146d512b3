import {refOf} from '../../world/object.ts';
import {satisfying} from '../condition.ts';
import {inLab} from '../select.ts';
import type {Rule} from './rule.ts';

/** What the step asks for is there, but under another name. */
export const wrongName: Rule = ({milestone, mismatches, scene, attempt, since}) => {
  const {object: selector} = milestone;
  const condition = milestone.match ?? milestone.seen;
  if (selector?.name === undefined || condition === undefined) return undefined;
  const missing = mismatches.some(({type}) => type === 'missing');
  const {name, ...rest} = selector;
  const meant = new Set(attempt.step.milestones.map(({object}) => object?.name));
  const strangers = inLab({kind: selector.kind}, scene).filter(
    ({metadata}) => metadata.name !== name && !meant.has(metadata.name),
  );
  const before = new Set(satisfying(condition, rest, scene, since).map(({metadata}) => metadata.uid));
  const fitting = satisfying(condition, rest, scene).filter(({metadata}) => !before.has(metadata.uid));
  const stranger = missing ? strangers.at(-1) : strangers.find(object => fitting.includes(object));
  if (!stranger) return undefined;
  return {
    code: 'wrong-name',
    facts: {found: stranger.metadata.name, wanted: name},
    object: refOf(selector.kind, stranger),
    path: 'metadata.name',
    verdict: 'off-track',
  };
};
