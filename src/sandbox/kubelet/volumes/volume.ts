import type {Volume} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {PodPlace} from '../environment/field-value.ts';
import type {KubeletContext} from '../kubelet-context.ts';

/** A volume of a Pod, ready on its node. */
export interface MountedVolume {
  /** On the host: a directory, or a file where a hostPath names one. */
  hostPath: string;
  /** As df and mount show it. */
  filesystem: 'ext4' | 'tmpfs';
  /** Bytes, where it takes no more than that. */
  size?: number;
  readOnly?: boolean;
}

/** What mounting a Pod's volumes looks at. */
export interface VolumeRequest {
  context: KubeletContext;
  pod: Of<'pods'>;
  volume: Volume;
  place: PodPlace;
}

/** Why a volume cannot be mounted (yet); the message is that of the event FailedMount. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

/** @param volume the Pod's name for it, or the PersistentVolume's */
export const setUpFailed = (volume: string, why: string) =>
  new MountError(`MountVolume.SetUp failed for volume "${volume}" : ${why}`);

/** Where the kubelet keeps what belongs to one Pod, on the node. */
export const podDirectory = (uid: string) => `/var/lib/kubelet/pods/${uid}`;

/** @param plugin e.g. kubernetes.io~empty-dir */
export const volumeDirectory = (uid: string, plugin: string, volume: string) =>
  `${podDirectory(uid)}/volumes/${plugin}/${volume}`;
