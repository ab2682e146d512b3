import type {NodeSelector} from 'kubernetes-types/core/v1.d.ts';
import {selectsNode} from '../../node-selector.ts';
import {nodeChanged} from '../changes.ts';
import type {Pod} from '../cluster-state.ts';
import {type Filter, never} from '../filter.ts';

/** nodeSelector and required node affinity. */
export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  prepare(pod) {
    const selector = Object.entries(pod.spec?.nodeSelector ?? {});
    const required = requiredAffinity(pod);
    if (selector.length === 0 && !required) return undefined;
    const only = required && namedNodes(required);
    return {
      ...(only && {only}),
      check: ({node}) =>
        selector.every(([key, value]) => node.metadata.labels?.[key] === value) &&
        (!required || selectsNode(required, node))
          ? undefined
          : never("node(s) didn't match Pod's node affinity/selector"),
    };
  },
  mayHelp: change => nodeChanged(change, ({metadata}) => metadata.labels),
};

const requiredAffinity = ({spec}: Pod) =>
  spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;

/** The nodes that every term names (a DaemonSet's Pods name theirs); undefined when a term leaves it open. */
function namedNodes({nodeSelectorTerms}: NodeSelector): Set<string> | undefined {
  const names = nodeSelectorTerms.map(
    ({matchFields = []}) =>
      matchFields.find(({key, operator}) => key === 'metadata.name' && operator === 'In')?.values,
  );
  return names.includes(undefined) ? undefined : new Set(names.flatMap(values => values ?? []));
}
