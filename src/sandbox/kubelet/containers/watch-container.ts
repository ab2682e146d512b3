import type {ContainerStateTerminated} from 'kubernetes-types/core/v1.d.ts';
import type {ExitStatus} from '../../programs/program.ts';
import {timestamp} from '../../timestamps.ts';
import {type PodRuntime, teller} from '../pod-runtime.ts';
import {probeContainer} from '../probes/probe-container.ts';
import type {ContainerRecord, ContainerRun} from './container-record.ts';
import {removeImageVolumes} from './image-volumes.ts';
import {runHook} from './run-hook.ts';
import type {ContainerHandle} from './start-container.ts';
import {hookTarget, stopContainer} from './stop-container.ts';
import {terminationMessage} from './termination-message.ts';

/** Longer than any hook is meant to take, in milliseconds. */
const hookTimeout = 3_600_000;

/** Follows a container that was just started: its end, its postStart hook, its probes. Resolves after the hook. */
export async function watchContainer(
  runtime: PodRuntime,
  record: ContainerRecord,
  handle: ContainerHandle,
): Promise<void> {
  const {context} = runtime;
  const {run} = record;
  if (!run) return;
  const ended = handle.ended.then(status => end(runtime, record, run, handle, status));
  ended.catch(context.report);
  if (runtime.dead) return handle.processes.signalFromOutside(1, 'SIGKILL');
  await Promise.race([postStart(runtime, record, handle), ended]);
  if (run.terminated) return;
  probe(runtime, record, run, handle);
}

async function end(
  runtime: PodRuntime,
  record: ContainerRecord,
  run: ContainerRun,
  handle: ContainerHandle,
  status: ExitStatus,
): Promise<void> {
  const message = await terminationMessage(record.spec, handle, status);
  const now = runtime.context.clock.now();
  run.endedAt = now;
  run.terminated = terminated(run, status, message, now);
  delete run.handle;
  record.started = false;
  await removeImageVolumes(runtime, run.id);
  runtime.relist();
}

const terminated = (
  run: ContainerRun,
  {code, oom}: ExitStatus,
  message: string,
  now: number,
): ContainerStateTerminated => ({
  exitCode: code,
  reason: oom ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error',
  ...(message !== '' && {message}),
  startedAt: run.startedAt,
  finishedAt: timestamp(now),
  containerID: run.id,
});

async function postStart(
  runtime: PodRuntime,
  record: ContainerRecord,
  handle: ContainerHandle,
): Promise<void> {
  const hook = record.spec.lifecycle?.postStart;
  const target = hookTarget(runtime, record, handle);
  if (!hook || !target || (await runHook(hook, target, runtime.context.clock, hookTimeout))) return;
  teller(runtime, record)('Warning', 'FailedPostStartHook', 'PostStartHook failed');
  record.waiting = {reason: 'PostStartHookError', message: 'PostStartHook failed'};
  stopContainer(runtime, record, handle, graceOf(runtime), 'FailedPostStartHook');
  await handle.ended;
}

function probe(
  runtime: PodRuntime,
  record: ContainerRecord,
  run: ContainerRun,
  handle: ContainerHandle,
): void {
  const target = hookTarget(runtime, record, handle);
  if (!target) return;
  const tell = teller(runtime, record);
  probeContainer(record.spec, target, runtime.context.clock, {
    over: () => run.terminated !== undefined || runtime.dead,
    unhealthy(kind, {outcome, output}) {
      const what = outcome === 'unknown' ? 'probe errored and resulted in unknown state' : 'probe failed';
      tell('Warning', 'Unhealthy', `${kind} ${what}: ${output}`);
    },
    started() {
      record.started = true;
      runtime.relist();
    },
    ready(ready) {
      if (record.run !== run || record.ready === ready) return;
      record.ready = ready;
      if (record.spec.readinessProbe) runtime.poke();
    },
    failed(kind, {terminationGracePeriodSeconds}) {
      const message = `Container ${record.spec.name} failed ${kind.toLowerCase()} probe, will be restarted`;
      const seconds = (terminationGracePeriodSeconds as number | undefined) ?? graceOf(runtime);
      stopContainer(runtime, record, handle, seconds, message);
    },
  });
}

const graceOf = ({pod}: PodRuntime) => pod.spec?.terminationGracePeriodSeconds ?? 30;
