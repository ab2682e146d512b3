import type {Rejection} from './filter.ts';

/**
 * Why a Pod found no node, as Kubernetes 1.35 words it: each reason with its number of nodes, in alphabetical order,
 * and what came of the attempts to make room.
 * @param rejections one for each node
 */
export function unschedulableMessage(rejections: readonly Rejection[]): string {
  const none = `0/${rejections.length} nodes are available`;
  const why = counted(rejections.flatMap(({reasons}) => reasons));
  const preemption = counted(
    rejections.map(({preemptionHelps}) =>
      preemptionHelps
        ? 'No preemption victims found for incoming pod'
        : 'Preemption is not helpful for scheduling',
    ),
  );
  return `${none}: ${why}. no new claims to deallocate, preemption: ${none}: ${preemption}.`;
}

function counted(reasons: readonly string[]): string {
  const times = new Map<string, number>();
  for (const reason of reasons) times.set(reason, (times.get(reason) ?? 0) + 1);
  return [...times]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}
