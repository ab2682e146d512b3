import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const storageClasses: Strategy<Of<'storageclasses.storage.k8s.io'>> = {
  defaults(storageClass) {
    storageClass.reclaimPolicy ??= 'Delete';
    storageClass.volumeBindingMode ??= 'Immediate';
  },
};
