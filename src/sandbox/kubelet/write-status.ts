import {isDeepStrictEqual} from 'node:util';
import type {PodStatus} from 'kubernetes-types/core/v1.d.ts';
import type {PodRuntime} from './pod-runtime.ts';
import {podStatus} from './status/pod-status.ts';

/**
 * Tells the API how the Pod is, when that is news.
 * @param terminal its containers were stopped for good
 */
export function writeStatus(runtime: PodRuntime, terminal = false): PodStatus {
  const {context, pod, records, podIP, sandbox, failure} = runtime;
  const {namespace, name} = pod.metadata;
  const newest = context.registry.get('pods', namespace, name);
  const current = newest?.metadata.uid === pod.metadata.uid ? newest : pod;
  const status = podStatus({
    pod: current,
    records,
    hostIP: context.machine.ip,
    podIP,
    sandboxReady: sandbox !== undefined,
    terminal,
    failure,
    now: context.clock.now(),
  });
  if (!runtime.dead && !isDeepStrictEqual(current.status, status)) {
    context.registry.change(
      'pods',
      pod,
      draft => {
        draft.status = status;
      },
      {subresource: 'status'},
    );
  }
  return status;
}
