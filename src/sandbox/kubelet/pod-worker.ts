import {setImmediate} from 'node:timers';
import type {Cancel} from '../clock.ts';
import type {Of} from '../objects.ts';
import {activeTimeLeft, deadlineExceeded} from './active-deadline.ts';
import {createBackOff} from './back-off.ts';
import {type ContainerRecord, isRunning} from './containers/container-record.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {PodAddresses} from './pod-addresses.ts';
import type {PodRuntime} from './pod-runtime.ts';
import {retryPause, teller} from './pod-runtime.ts';
import {type PodTermination, podTermination} from './pod-termination.ts';
import {podVolumes, refreshVolumes, removePodFiles, removePodVolumes} from './pod-volumes.ts';
import {syncPod} from './sync-pod.ts';
import {writeStatus} from './write-status.ts';

/** Looks after one Pod from the moment its node hears of it until nothing of it is left there. */
export interface PodWorker {
  readonly runtime: PodRuntime;
  /** Wants a look at the Pod in a turn to come. */
  poke(): void;
  /** Fails the Pod and stops it, at most one second later, as an eviction does. */
  evict(message: string): void;
  refreshVolumes(): void;
  /** The node is switched off: all ends at once, and nothing is written. */
  crash(): Promise<void>;
}

export interface PodWorkerOptions {
  context: KubeletContext;
  addresses: PodAddresses;
  pod: Of<'pods'>;
  /** What its containers are, or were before the node was switched off. */
  records: ContainerRecord[];
  /** Asks for a poke a little later, together with others. */
  relist(worker: PodWorker): void;
  /** Nothing is left of the Pod. */
  gone(): void;
}

/** The grace period of an eviction for the use of a volume, in seconds. */
const evictionGrace = 1;

/**
 * How long a Pod is there after its deletion was asked for at least, in milliseconds of the computer's own time. On k3d
 * it was 350 to 1,200, also where nothing had run. A kubectl that waits for the deletion looks twice before it watches:
 * when a StatefulSet has given the name to a new Pod in between, it waits for that one's end, and so forever.
 */
const removalTime = 500;

export function startPodWorker({
  context,
  addresses,
  pod,
  records,
  relist,
  gone,
}: PodWorkerOptions): PodWorker {
  const {registry, clock, report} = context;
  const {namespace, name, uid} = pod.metadata;
  let wanted = false;
  let busy = false;
  let working: Promise<void> | undefined;
  let wantsRefresh = false;
  let over = false;
  let cancelTimer: Cancel = () => {};
  let termination: PodTermination | undefined;
  let deletionSeen: number | undefined;

  const runtime: PodRuntime = {
    context,
    addresses,
    pod,
    records,
    volumes: new Map(),
    sandbox: undefined,
    sandboxes: 0,
    podIP: undefined,
    backOff: createBackOff(clock),
    failure: undefined,
    dead: false,
    poke: () => poke(),
    relist: () => relist(worker),
  };
  const volumes = podVolumes(runtime);

  const poke = () => {
    if (runtime.dead || over) return;
    if (!wanted && !busy) setImmediate(start);
    wanted = true;
  };
  const start = () => {
    if (!busy) working = work();
  };
  const work = async () => {
    busy = true;
    while (wanted && !runtime.dead && !over) {
      wanted = false;
      cancelTimer();
      const pause = await look().catch((error: unknown) => {
        if (!runtime.dead) report(error);
        return retryPause();
      });
      if (pause !== undefined && !runtime.dead && !over) cancelTimer = clock.after(pause, poke);
    }
    busy = false;
  };
  const look = async (): Promise<number | undefined> => {
    const newest = registry.get('pods', namespace, name);
    if (newest?.metadata.uid !== uid) return terminate(0);
    runtime.pod = newest;
    if (newest.metadata.deletionTimestamp) {
      deletionSeen ??= clock.now();
      return terminate(
        newest.metadata.deletionGracePeriodSeconds ?? newest.spec?.terminationGracePeriodSeconds ?? 30,
      );
    }
    if (!runtime.failure && activeTimeLeft(newest, clock) === 0) {
      runtime.failure = deadlineExceeded;
      teller(runtime)('Normal', deadlineExceeded.reason, deadlineExceeded.message);
    }
    if (runtime.failure === deadlineExceeded)
      return terminate(newest.spec?.terminationGracePeriodSeconds ?? 30);
    if (runtime.failure) return terminate(evictionGrace);
    if (wantsRefresh) {
      wantsRefresh = false;
      await refreshVolumes(runtime);
    }
    const pause = await syncPod(runtime, volumes);
    const left = activeTimeLeft(registry.get('pods', namespace, name) ?? newest, clock);
    return left === Number.POSITIVE_INFINITY ? pause : Math.min(pause ?? left, left);
  };
  const terminate = async (seconds: number): Promise<number | undefined> => {
    if (!termination) {
      termination = podTermination(runtime);
      for (const record of records) {
        delete record.waiting;
        delete record.last;
      }
      writeStatus(runtime);
    }
    if (!termination.proceed(seconds)) return;
    runtime.sandbox?.remove();
    runtime.sandbox = undefined;
    await removePodVolumes(runtime);
    if (runtime.dead) return;
    writeStatus(runtime, true);
    return release();
  };
  /**
   * Lets the API have the Pod's name again. One that failed stays until somebody deletes it.
   * @returns in how many simulated milliseconds to try again
   */
  const release = async (): Promise<number | undefined> => {
    const newest = registry.get('pods', namespace, name);
    if (newest?.metadata.uid === uid) {
      const {deletionTimestamp, deletionGracePeriodSeconds} = newest.metadata;
      const held = deletionGracePeriodSeconds === 0; // by a finalizer: it was asked for already
      if (!deletionTimestamp || held) return;
      const left = removalTime - (clock.now() - (deletionSeen ?? clock.now()));
      if (left > 0) return left * clock.speed;
      registry.delete('pods', namespace, name, {gracePeriodSeconds: 0, preconditions: {uid}});
      if (registry.get('pods', namespace, name)?.metadata.uid === uid) return;
    }
    over = true;
    cancelTimer();
    await removePodFiles(runtime);
    gone();
  };

  const worker: PodWorker = {
    runtime,
    poke,
    evict(message) {
      if (runtime.failure || termination) return;
      runtime.failure = {reason: 'Evicted', message};
      teller(runtime)('Warning', 'Evicted', message);
      poke();
    },
    refreshVolumes() {
      wantsRefresh = true;
      poke();
    },
    async crash() {
      runtime.dead = true;
      cancelTimer();
      const handles = records.filter(isRunning).flatMap(({run}) => run?.handle ?? []);
      for (const {processes} of handles) processes.signalFromOutside(1, 'SIGKILL');
      await Promise.all(handles.map(({ended}) => ended));
      await working; // it may have been starting one more
      runtime.sandbox?.remove();
    },
  };
  poke();
  return worker;
}
