import {type ContainerRecord, fieldPathOf} from './containers/container-record.ts';
import {goDuration} from './go-duration.ts';
import {fullName, type PodRuntime, teller} from './pod-runtime.ts';

/**
 * Holds back a container that ended until its pause is over.
 * @returns the simulated milliseconds that are left, or undefined when it may be started now
 */
export function crashLoopPause(runtime: PodRuntime, record: ContainerRecord): number | undefined {
  const {pod, backOff, sandbox} = runtime;
  const {run, spec} = record;
  if (run?.endedAt === undefined || run.sandbox !== sandbox?.number) return undefined;
  const key = `${fieldPathOf(record)} ${spec.image}`;
  const left = backOff.left(key, run.endedAt);
  if (left <= 0) {
    backOff.next(key, run.endedAt);
    return undefined;
  }
  const pause = goDuration(backOff.current(key));
  teller(runtime, record)(
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${spec.name} in pod ${fullName(pod)}`,
  );
  record.waiting = {
    reason: 'CrashLoopBackOff',
    message: `back-off ${pause} restarting failed container=${spec.name} pod=${fullName(pod)}`,
  };
  return left;
}
