import type {Named} from '../../../status-error.ts';

export const claimNames: Named = {
  group: '',
  resource: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
};
