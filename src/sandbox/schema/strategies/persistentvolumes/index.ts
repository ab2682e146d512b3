import type {Of} from '../../../objects.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {timestamp} from '../../../timestamps.ts';
import {addFinalizer} from '../finalizers.ts';

export const persistentVolumes: Strategy<Of<'persistentvolumes'>> = {
  defaults(volume) {
    volume.spec ??= {};
    const {spec} = volume;
    spec.persistentVolumeReclaimPolicy ??= 'Retain';
    spec.volumeMode ??= 'Filesystem';
    if (spec.hostPath) spec.hostPath.type ??= '';
  },
  beforeCreate(volume, {now}) {
    addFinalizer(volume, 'kubernetes.io/pv-protection');
    volume.status = {phase: 'Pending', lastPhaseTransitionTime: timestamp(now)};
  },
};
