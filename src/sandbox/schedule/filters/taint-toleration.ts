import {isTolerated} from '../../taints.ts';
import {nodeChanged} from '../changes.ts';
import {type Filter, never} from '../filter.ts';

export const taintToleration: Filter = {
  name: 'TaintToleration',
  prepare: pod => ({
    check: ({node}) =>
      (node.spec?.taints ?? []).some(
        taint => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, pod.spec?.tolerations),
      )
        ? never('node(s) had untolerated taint(s)')
        : undefined,
  }),
  mayHelp: change => nodeChanged(change, ({spec}) => spec?.taints),
};
