import {isTolerated} from '../../taints.ts';
import {nodeChanged} from '../changes.ts';
import {type Filter, never} from '../filter.ts';

/** Cordoned nodes take no Pod, unless it tolerates the taint that a cordon brings. */
export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  prepare: pod =>
    isTolerated(cordoned, pod.spec?.tolerations)
      ? undefined
      : {check: ({node}) => (node.spec?.unschedulable ? never('node(s) were unschedulable') : undefined)},
  mayHelp: change => nodeChanged(change, ({spec}) => spec?.unschedulable ?? false),
};

const cordoned = {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'};
