import {refOf} from '../../world/object.ts';
import {isCordoned, isOwnTaint, nodesFor, taintsOf, tolerates} from './nodes.ts';
import {notScheduled} from './not-scheduled.ts';
import type {Rule} from './rule.ts';

/** The only nodes a Pod could go to are cordoned: somebody forgot to uncordon. */
export const nodeCordoned: Rule = context => {
  for (const {pod, says} of notScheduled(context)) {
    const {nodes, pinned} = nodesFor(pod, context.scene);
    const cordoned = nodes.filter(isCordoned);
    if (cordoned.length === 0) continue;
    return {
      code: 'node-cordoned',
      facts: {nodes: cordoned.map(({metadata}) => metadata.name), ...(pinned ? {pinned} : {})},
      object: refOf('pods', pod),
      path: 'spec.unschedulable',
      verdict: 'off-track',
      proof: says,
    };
  }
  return undefined;
};

/** A taint that somebody set keeps a Pod from the only nodes that it could go to. */
export const nodeTainted: Rule = context => {
  for (const {pod, says} of notScheduled(context)) {
    const {nodes, pinned} = nodesFor(pod, context.scene);
    for (const node of nodes) {
      const taint = taintsOf(node).find(
        one => one.effect !== 'PreferNoSchedule' && !isOwnTaint(one) && !tolerates(pod, one),
      );
      if (!taint) continue;
      const value = taint.value ? `=${taint.value}` : '';
      return {
        code: 'node-tainted',
        facts: {
          node: node.metadata.name,
          taint: `${taint.key}${value}:${taint.effect}`,
          ...(pinned ? {pinned} : {}),
        },
        object: refOf('pods', pod),
        path: 'spec.taints',
        verdict: 'off-track',
        proof: says,
      };
    }
  }
  return undefined;
};
