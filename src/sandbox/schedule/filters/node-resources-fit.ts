import {nodeChanged, podLeft} from '../changes.ts';
import {type Filter, never, notNow} from '../filter.ts';
import {amounts, podRequests} from '../pod-requests.ts';

/** Is there room: for one Pod more, and for all that it requests? */
export const nodeResourcesFit: Filter = {
  name: 'NodeResourcesFit',
  prepare(pod) {
    const wanted = Object.entries(podRequests(pod)).filter(([, amount]) => amount > 0);
    return {
      check({node, pods, requested}) {
        const allocatable = amounts(node.status?.allocatable);
        const reasons = pods.size + 1 > (allocatable.pods ?? 0) ? ['Too many pods'] : [];
        let tooBig = false;
        for (const [name, amount] of wanted) {
          const room = allocatable[name] ?? 0;
          if (amount <= room - (requested[name] ?? 0)) continue;
          reasons.push(`Insufficient ${name}`);
          if (amount > room) tooBig = true;
        }
        if (reasons.length === 0) return undefined;
        return tooBig ? never(...reasons) : notNow(...reasons);
      },
    };
  },
  mayHelp: change => podLeft(change) || nodeChanged(change, ({status}) => status?.allocatable),
};
