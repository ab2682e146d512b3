import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import {amount} from '../amount.ts';

/** Only these two count. */
const resources = ['cpu', 'memory'];

export function qosClass({
  containers = [],
  initContainers = [],
}: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = [...containers, ...initContainers].map(container => container.resources ?? {});
  const asked = all.flatMap(({requests = {}, limits = {}}) =>
    resources.flatMap(resource => [amount(requests[resource]), amount(limits[resource])]),
  );
  if (asked.every(one => one === 0n)) return 'BestEffort';
  const guaranteed = all.every(({requests = {}, limits = {}}) =>
    resources.every(
      resource =>
        amount(limits[resource]) > 0n &&
        amount(limits[resource]) === amount(requests[resource] ?? limits[resource]),
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
