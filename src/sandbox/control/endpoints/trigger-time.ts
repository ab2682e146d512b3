import type {Backend, Service} from './backends.ts';

const annotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Annotations with what set off the last change; without, when that is not known. */
export function withTrigger(
  {[annotation]: _, ...others}: Readonly<Record<string, string>>,
  trigger: string | undefined,
): Record<string, string> {
  return trigger === undefined ? others : {...others, [annotation]: trigger};
}

/**
 * Finds out what set off a change of a Service's endpoints: the earliest of its Pods' transitions, and of the
 * Service's creation, that was not known at the last look. Undefined when it was none of these, as for a Pod that goes.
 */
export function triggerTimes() {
  const known = new Map<string, Map<string, string>>();
  return (service: Service, backends: readonly Backend[]): string | undefined => {
    const times = new Map(backends.map(({pod}) => [pod.metadata.uid, transitionOf(pod) ?? '']));
    times.set(service.metadata.uid, service.metadata.creationTimestamp);
    const before = known.get(service.metadata.uid);
    known.set(service.metadata.uid, times);
    const fresh = [...times].filter(([uid, time]) => time > (before?.get(uid) ?? ''));
    return fresh.map(([, time]) => time).toSorted()[0];
  };
}

const transitionOf = ({status}: Backend['pod']) =>
  status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime;
