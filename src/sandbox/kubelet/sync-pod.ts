import {type ContainerRecord, isRunning} from './containers/container-record.ts';
import {runContainer} from './containers/run-container.ts';
import {stopContainer} from './containers/stop-container.ts';
import {crashLoopPause} from './crash-loop.ts';
import {dueContainers} from './due-containers.ts';
import {type PodRuntime, retryPause, teller} from './pod-runtime.ts';
import {createSandbox, type PodSandbox} from './pod-sandbox.ts';
import {type PodVolumes, removePodVolumes} from './pod-volumes.ts';
import {writeStatus} from './write-status.ts';

/** How much later than its pause asks for a container is restarted at most, in simulated milliseconds. */
const restartJitter = 5_000;

/**
 * Brings a Pod that is to run nearer to what its spec asks for. Its status is written first, as the last look left it:
 * that is why a container that failed shows as terminated until the end of its pause, and as CrashLoopBackOff then.
 * @returns in how many simulated milliseconds to look again, undefined: when something happens
 */
export async function syncPod(runtime: PodRuntime, volumes: PodVolumes): Promise<number | undefined> {
  const {phase} = writeStatus(runtime);
  if (phase === 'Succeeded' || phase === 'Failed') return finish(runtime);
  restartChanged(runtime);
  const pause = await volumes.mount();
  if (pause !== undefined || runtime.dead) return pause;
  const sandbox = ensureSandbox(runtime);

  const pauses: number[] = [];
  for (const record of dueContainers(runtime.pod, runtime.records, sandbox.number)) {
    const left = crashLoopPause(runtime, record);
    if (left === undefined) pauses.push(...(await startOne(runtime, sandbox, record)));
    else pauses.push(left + Math.random() * restartJitter);
    if (runtime.dead) return undefined;
  }
  return pauses.length > 0 ? Math.min(...pauses) : undefined;
}

async function startOne(
  runtime: PodRuntime,
  sandbox: PodSandbox,
  record: ContainerRecord,
): Promise<number[]> {
  await runContainer(runtime, sandbox, record);
  if (runtime.dead) return [];
  if (!record.waiting) {
    runtime.relist();
    return [];
  }
  writeStatus(runtime);
  return [retryPause()];
}

/** All containers ended, and none is to be started again: what is left of the Pod goes. */
async function finish(runtime: PodRuntime): Promise<undefined> {
  if (runtime.records.some(isRunning)) return;
  if (!runtime.sandbox) return;
  runtime.sandbox.remove();
  runtime.sandbox = undefined;
  await removePodVolumes(runtime);
  writeStatus(runtime);
}

function ensureSandbox(runtime: PodRuntime): PodSandbox {
  if (runtime.sandbox) return runtime.sandbox;
  if (runtime.sandboxes === 0 && runtime.records.some(({run}) => run))
    teller(runtime)('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  runtime.sandboxes++;
  runtime.sandbox = createSandbox(runtime.context, runtime.addresses, runtime.pod, runtime.sandboxes);
  runtime.podIP = runtime.sandbox.ip;
  return runtime.sandbox;
}

/** An image may be changed in place: the container is killed, and started again with the new one. */
function restartChanged(runtime: PodRuntime): void {
  const {pod, records} = runtime;
  const specs = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  for (const record of records) {
    const spec = specs.find(({name}) => name === record.spec.name);
    if (!spec || spec.image === record.spec.image) continue;
    record.spec = spec;
    const handle = record.run?.handle;
    const message = `Container ${spec.name} definition changed, will be restarted`;
    if (handle)
      stopContainer(runtime, record, handle, pod.spec?.terminationGracePeriodSeconds ?? 30, message);
  }
}
