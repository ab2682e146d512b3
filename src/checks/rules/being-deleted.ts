import {refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import type {Rule} from './rule.ts';

/** The object is on its way out, and something still holds it. Pods only end; that needs no words. */
export const beingDeleted: Rule = ({milestone, scene}) => {
  const selector = milestone.object;
  if (!selector || selector.kind === 'pods' || milestone.gone) return undefined;
  const object = inLab(selector, scene).find(({metadata}) => metadata.deletionTimestamp !== undefined);
  if (!object) return undefined;
  const finalizers = (object.metadata.finalizers ?? []) as string[];
  return {
    code: 'being-deleted',
    facts: {finalizers},
    object: refOf(selector.kind, object),
    path: 'metadata.deletionTimestamp',
  };
};
