import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import {parseQuantity} from '../quantity.ts';

/** Only these two count. */
const resources = ['cpu', 'memory'];

export function qosClass({
  containers = [],
  initContainers = [],
}: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = [...containers, ...initContainers].map(container => container.resources ?? {});
  const asked = all.flatMap(({requests = {}, limits = {}}) =>
    resources.flatMap(resource => [nano(requests[resource]), nano(limits[resource])]),
  );
  if (asked.every(amount => amount === 0n)) return 'BestEffort';
  const guaranteed = all.every(({requests = {}, limits = {}}) =>
    resources.every(
      resource =>
        nano(limits[resource]) > 0n &&
        nano(limits[resource]) === nano(requests[resource] ?? limits[resource]),
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

const nano = (written: string | undefined) => parseQuantity(written ?? '0')?.nano ?? 0n;
