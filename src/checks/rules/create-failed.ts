import {refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {eventAbout, type Rule} from './rule.ts';

/** A controller may not make the Pods it wants: a quota, a Pod Security level, an admission webhook. */
export const createFailed: Rule = ({scene, milestone}) => {
  if (milestone.gone) return undefined;
  for (const kind of ['replicasets.apps', 'statefulsets.apps'] as const)
    for (const owner of inLab({kind}, scene)) {
      const {replicas = 0} = (owner.status ?? {}) as {replicas?: number};
      const {replicas: wanted = 0} = (owner.spec ?? {}) as {replicas?: number};
      const proof = replicas < wanted ? eventAbout(owner, 'FailedCreate', scene) : undefined;
      if (proof === undefined) continue;
      return {
        code: 'create-failed',
        facts: {forbidden: /forbidden|violates/i.test(proof)},
        object: refOf(kind, owner),
        path: 'spec.template',
        verdict: 'off-track',
        proof,
      };
    }
  return undefined;
};
