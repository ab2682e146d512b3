import type {SandboxClock} from '../../clock.ts';
import type {Pod} from '../workload/pods.ts';

/** Milliseconds until a failed Pod may be replaced: 10 s after the first failure in a row, doubled each time, at most 10 min. */
export function retryIn(pods: readonly Pod[], clock: SandboxClock): number {
  const ended = pods.flatMap(pod => {
    const at = endOf(pod);
    return at === undefined ? [] : [{at, succeeded: pod.status?.phase === 'Succeeded'}];
  });
  const lastSuccess = Math.max(0, ...ended.filter(({succeeded}) => succeeded).map(({at}) => at));
  const failures = ended.filter(({at, succeeded}) => !succeeded && at > lastSuccess).map(({at}) => at);
  if (failures.length === 0) return 0;
  const wait = Math.min(first * 2 ** (failures.length - 1), longest);
  return Math.max(0, wait - clock.since(Math.max(...failures)));
}

const first = 10_000;
const longest = 600_000;

/** When its last container ended, in milliseconds since the epoch; undefined while it runs. */
function endOf({status, metadata}: Pod): number | undefined {
  if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') return undefined;
  const ends = (status.containerStatuses ?? []).flatMap(({state}) => state?.terminated?.finishedAt ?? []);
  return Math.max(Date.parse(metadata.creationTimestamp), ...ends.map(end => Date.parse(end)));
}
