import {batching} from '../batching.ts';
import type {ControlContext} from '../controller.ts';
import type {LookAgain} from '../work-queue.ts';
import {type Backend, backendsOf, type Service} from './backends.ts';
import {triggerTimes} from './trigger-time.ts';

/**
 * How both controllers look at a Service with a selector: not too often when it has many Pods.
 * @param write is given what is behind the Service now, and what set off the change
 * @returns for a Service and its key: when to look again, if it was too early
 */
export function lookAtBackends(
  {registry, clock}: ControlContext,
  write: (service: Service, backends: readonly Backend[], trigger: string | undefined) => void,
): (key: string, service: Service) => LookAgain | undefined {
  const triggerOf = triggerTimes();
  const batch = batching(clock);
  return (key, service) => {
    const wait = batch.due(key);
    if (wait) return wait;
    const backends = backendsOf(registry, service);
    batch.done(key, backends.length);
    write(service, backends, triggerOf(service, backends));
    return undefined;
  };
}
