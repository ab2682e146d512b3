import {refOf} from '../../world/object.ts';
import {phaseOf} from './claims.ts';
import {containersOf, podsOf, type Rule} from './rule.ts';

/** The kubelet threw the Pod out: it took more of the node than it may. */
export const podEvicted: Rule = context => {
  for (const pod of podsOf(context)) {
    const {reason, message} = (pod.status ?? {}) as {reason?: string; message?: string};
    if (phaseOf(pod) !== 'Failed' || reason !== 'Evicted') continue;
    return {
      code: 'pod-evicted',
      facts: {},
      object: refOf('pods', pod),
      path: 'status.reason',
      verdict: 'off-track',
      ...(message === undefined ? {} : {proof: message}),
    };
  }
  return undefined;
};

/** All its containers ended, and nobody starts them again: a Pod that is over never gets ready. */
export const podEnded: Rule = context => {
  if (!asksForOne(context.milestone)) return undefined;
  for (const pod of podsOf(context)) {
    const phase = phaseOf(pod);
    const isOwned = (pod.metadata.ownerReferences ?? []).length > 0;
    const isLeaving = pod.metadata.deletionTimestamp !== undefined;
    if ((phase !== 'Succeeded' && phase !== 'Failed') || isOwned || isLeaving) continue;
    const exitCode = containersOf(pod)
      .map(({state}) => state?.terminated?.exitCode)
      .find(code => code !== undefined && code !== 0);
    return {
      code: 'pod-ended',
      facts: {failed: phase === 'Failed', ...(exitCode === undefined ? {} : {exitCode})},
      object: refOf('pods', pod),
      path: 'status.phase',
      verdict: 'off-track',
    };
  }
  return undefined;
};

const asksForOne = ({object, gone}: Parameters<Rule>[0]['milestone']) => object?.kind === 'pods' && !gone;
