import type {Of} from '../../../objects.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {timestamp} from '../../../timestamps.ts';
import {addFinalizer} from '../finalizers.ts';
import {validateVolumeSpec} from './validate-spec.ts';
import {validateVolumeUpdate} from './validate-update.ts';

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
  validate: ({spec}) => (spec ? validateVolumeSpec(spec) : []),
  validateUpdate: ({spec}, {spec: before}) => (spec && before ? validateVolumeUpdate(spec, before) : []),
  warnings: ({spec}) =>
    spec?.persistentVolumeReclaimPolicy === 'Recycle'
      ? [
          'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. ' +
            'Instead, the recommended approach is to use dynamic provisioning.',
        ]
      : [],
};
