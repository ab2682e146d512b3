import type {Volume} from 'kubernetes-types/core/v1.d.ts';
import {type PodRuntime, placeOf, retryPause, teller} from './pod-runtime.ts';
import {ClaimError} from './volumes/claim.ts';
import {mountVolume} from './volumes/mount-volume.ts';
import {payloadPlugin} from './volumes/payload.ts';
import {MountError, type MountedVolume, podDirectory} from './volumes/volume.ts';

/** Tries to mount what is not mounted yet. */
export interface PodVolumes {
  /** @returns undefined when all are mounted, else in how many simulated milliseconds to try again */
  mount(): Promise<number | undefined>;
}

/** The volume manager's pauses between tries, doubled each time, in milliseconds. */
const firstPause = 500;
const longestPause = 122_000;

export function podVolumes(runtime: PodRuntime): PodVolumes {
  const {clock} = runtime.context;
  const failures = new Map<string, {pause: number; at: number}>();

  const attempt = async (volume: Volume): Promise<number | undefined> => {
    const failure = failures.get(volume.name);
    const left = failure ? failure.pause - clock.since(failure.at) : 0;
    if (left > 0) return left;
    try {
      runtime.volumes.set(volume.name, await mount(runtime, volume));
      return undefined;
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      teller(runtime)('Warning', 'FailedMount', error.message);
      const pause = Math.min(longestPause, failure ? failure.pause * 2 : firstPause);
      failures.set(volume.name, {pause, at: clock.now()});
      return pause;
    }
  };
  return {
    async mount() {
      const wanted = unmountedVolumes(runtime);
      const claimErrors = new Map<string, string>();
      const pauses: number[] = [];
      for (const volume of wanted) {
        try {
          const pause = await attempt(volume);
          if (pause !== undefined) pauses.push(pause);
        } catch (error) {
          if (!(error instanceof ClaimError)) throw error;
          claimErrors.set(volume.name, error.message);
        }
      }
      if (claimErrors.size > 0) {
        tellOfClaims(runtime, claimErrors);
        pauses.push(retryPause());
      }
      return pauses.length > 0 ? Math.min(...pauses) : undefined;
    },
  };
}

/** What is still to be mounted. A volume that no container uses is left alone, whatever is wrong with it. */
function unmountedVolumes({pod: {spec}, volumes}: PodRuntime): Volume[] {
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const used = new Set(containers.flatMap(({volumeMounts = []}) => volumeMounts.map(({name}) => name)));
  return (spec?.volumes ?? []).filter(({name}) => used.has(name) && !volumes.has(name));
}

const mount = (runtime: PodRuntime, volume: Volume): Promise<MountedVolume> =>
  mountVolume({context: runtime.context, pod: runtime.pod, volume, place: placeOf(runtime)});

function tellOfClaims(runtime: PodRuntime, errors: ReadonlyMap<string, string>): void {
  const unmounted = unmountedVolumes(runtime);
  teller(runtime)(
    'Warning',
    'FailedMount',
    `Unable to attach or mount volumes: unmounted volumes=[${unmounted.map(({name}) => name).join(' ')}], ` +
      `unattached volumes=[], failed to process volumes=[${[...errors.keys()].join(' ')}]: ${[...errors.values()].join(', ')}`,
  );
}

/** Brings the volumes that are made of API objects up to date. What is not there any more stays as it was. */
export async function refreshVolumes(runtime: PodRuntime): Promise<void> {
  for (const volume of runtime.pod.spec?.volumes ?? []) {
    if (!payloadPlugin(volume) || !runtime.volumes.has(volume.name)) continue;
    await mount(runtime, volume).catch((error: unknown) => {
      if (!(error instanceof MountError)) throw error;
      teller(runtime)('Warning', 'FailedMount', error.message);
    });
  }
}

/** The Pod ended: its own volumes go, whatever becomes of the Pod's object. */
export async function removePodVolumes({context, pod, volumes}: PodRuntime): Promise<void> {
  volumes.clear();
  await context.machine.files.remove(podDirectory(pod.metadata.uid));
}

/** Nothing of the Pod is left on its node. */
export async function removePodFiles(runtime: PodRuntime): Promise<void> {
  await removePodVolumes(runtime);
  await runtime.context.machine.files.remove(logDirectory(runtime.pod));
}

/** As the kubelet names it: /var/log/pods/<namespace>_<name>_<uid>. */
export const logDirectory = ({metadata: {namespace, name, uid}}: PodRuntime['pod']) =>
  `/var/log/pods/${namespace}_${name}_${uid}`;
