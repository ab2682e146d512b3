import type {Named} from '../../../status-error.ts';

export const podNames: Named = {group: '', resource: 'pods', kind: 'Pod'};
