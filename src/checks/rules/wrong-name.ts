import {refOf} from '../../world/object.ts';
import {satisfying} from '../condition.ts';
import {inLab} from '../select.ts';
import type {Rule} from './rule.ts';

/** What the step asks for is there, but under another name. */
export const wrongName: Rule = ({milestone, mismatches, scene, attempt}) => {
  const {object: selector, match, seen} = milestone;
  if (selector?.name === undefined) return undefined;
  const missing = mismatches.some(({type}) => type === 'missing');
  const {name, ...rest} = selector;
  const meant = new Set(attempt.step.milestones.map(({object}) => object?.name));
  const strangers = inLab({kind: selector.kind}, scene).filter(
    ({metadata}) => metadata.name !== name && !meant.has(metadata.name),
  );
  const fitting = satisfying(match ?? seen ?? {}, rest, scene);
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
