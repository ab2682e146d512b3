import {type PodRuntime, teller} from '../pod-runtime.ts';
import type {ContainerRecord} from './container-record.ts';
import {runHook} from './run-hook.ts';
import type {ContainerHandle} from './start-container.ts';

/** A container that is being stopped. */
export interface Stopping {
  /** It has no more than so many seconds left. */
  hurry(seconds: number): void;
}

/** What a container has left after its preStop hook at least, in milliseconds. */
const atLeast = 2_000;

/**
 * Stops a running container: preStop hook, SIGTERM, and SIGKILL when its grace period is over. 0: SIGKILL at once.
 * @param message of the event Killing
 */
export function stopContainer(
  runtime: PodRuntime,
  record: ContainerRecord,
  handle: ContainerHandle,
  seconds: number,
  message: string,
): Stopping {
  const {clock, report} = runtime.context;
  const tell = teller(runtime, record);
  const startedAt = clock.now();
  const kill = () => handle.processes.signalFromOutside(1, 'SIGKILL');
  let cancel = () => {};
  let deadline = Number.POSITIVE_INFINITY;
  const killAfter = (milliseconds: number) => {
    cancel();
    if (milliseconds <= 0) kill();
    else cancel = clock.after(milliseconds, kill);
  };
  const endBy = (milliseconds: number) => {
    if (milliseconds >= deadline) return;
    deadline = milliseconds;
    killAfter(milliseconds - clock.since(startedAt));
  };
  const terminate = async () => {
    const {preStop} = record.spec.lifecycle ?? {};
    const target = hookTarget(runtime, record, handle);
    if (preStop && target) {
      const done = await runHook(preStop, target, clock, seconds * 1000);
      if (!done) tell('Warning', 'FailedPreStopHook', 'PreStopHook failed');
      if (Number.isFinite(deadline)) killAfter(Math.max(atLeast, deadline - clock.since(startedAt)));
    }
    handle.processes.signalFromOutside(1, 'SIGTERM');
  };

  tell('Normal', 'Killing', message);
  endBy(seconds * 1000);
  if (seconds > 0) terminate().catch(report);
  void handle.ended.then(() => cancel());
  return {hurry: left => endBy(left === 0 ? 0 : clock.since(startedAt) + left * 1000)};
}

/** Where hooks and probes look. Undefined when the Pod has lost its place in the network. */
export const hookTarget = (
  {context, sandbox}: PodRuntime,
  {spec}: ContainerRecord,
  handle: ContainerHandle,
) => sandbox && {container: spec, handle, network: context.network, podIP: sandbox.ip};
