import type {Of} from '../objects.ts';
import type {BackOff} from './back-off.ts';
import {type ContainerRecord, containersOf, fieldPathOf} from './containers/container-record.ts';
import type {Tell} from './containers/pull-image.ts';
import type {PodPlace} from './environment/field-value.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {PodAddresses} from './pod-addresses.ts';
import type {PodSandbox} from './pod-sandbox.ts';
import type {MountedVolume} from './volumes/volume.ts';

/** One Pod on its node, as its kubelet knows it: what it is made of now, beside what the API says it should be. */
export interface PodRuntime {
  context: KubeletContext;
  addresses: PodAddresses;
  /** As it was last read. */
  pod: Of<'pods'>;
  /** In the order they are started in. */
  records: ContainerRecord[];
  volumes: Map<string, MountedVolume>;
  sandbox: PodSandbox | undefined;
  /** How many sandboxes it has had. */
  sandboxes: number;
  /** Its last address: still told when the Pod has ended. */
  podIP: string | undefined;
  backOff: BackOff;
  /** Why the kubelet failed it; it is stopped, and not started again. */
  failure: {reason: string; message: string} | undefined;
  /** Its node was switched off: nothing is written any more. */
  dead: boolean;
  /** Wants the Pod to be looked at soon. */
  poke(): void;
  /** The same, for what a real kubelet learns by asking the container runtime. */
  relist(): void;
}

export const newRecords = (pod: Of<'pods'>): ContainerRecord[] =>
  containersOf(pod).map(one => ({...one, restartCount: 0, ready: false, started: false}));

export const placeOf = ({context, podIP}: PodRuntime): PodPlace => ({podIP, hostIP: context.machine.ip});

/** Records events of the Pod, or of one of its containers. */
export function teller({context, pod}: PodRuntime, record?: ContainerRecord): Tell {
  const source = {component: 'kubelet', host: context.machine.name};
  return (type, reason, message) =>
    context.recorder.event(pod, type, reason, message, source, record && fieldPathOf(record));
}

/** name_namespace(uid), as messages of the kubelet name a Pod. */
export const fullName = ({metadata: {name, namespace, uid}}: Of<'pods'>) => `${name}_${namespace}(${uid})`;

/** Simulated milliseconds until something that failed is tried again: 10 s, and up to half as much more. */
export const retryPause = () => 10_000 * (1 + Math.random() / 2);
