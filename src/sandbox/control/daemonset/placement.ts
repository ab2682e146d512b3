import type {PodTemplateSpec, Toleration} from 'kubernetes-types/core/v1.d.ts';
import {selectsExactly} from '../../label-selector.ts';
import {selectsNode} from '../../node-selector.ts';
import type {Of} from '../../objects.ts';
import {isTolerated} from '../../taints.ts';
import type {Pod} from '../workload/pods.ts';

type Node = Of<'nodes'>;

/** Where a daemon may start, and where one that is there may stay: a NoSchedule taint drives nobody away. */
export function placementOn(node: Node, template: PodTemplateSpec): {mayStart: boolean; mayStay: boolean} {
  if (!fits(node, template)) return {mayStart: false, mayStay: false};
  const tolerations = withDaemonTolerations(template);
  const against = (node.spec?.taints ?? []).filter(taint => !isTolerated(taint, tolerations));
  return {
    mayStart: against.every(({effect}) => effect === 'PreferNoSchedule'),
    mayStay: against.every(({effect}) => effect !== 'NoExecute'),
  };
}

function fits(node: Node, {spec}: PodTemplateSpec): boolean {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    (!spec?.nodeName || spec.nodeName === node.metadata.name) &&
    selectsExactly(spec?.nodeSelector ?? {}, node.metadata.labels) &&
    (!required || selectsNode(required, node))
  );
}

/** A daemon bears with a node's troubles, all of them for as long as they last. */
export function withDaemonTolerations({spec}: PodTemplateSpec): Toleration[] {
  const troubles = spec?.hostNetwork ? [...daemonTolerations, networkUnavailable] : daemonTolerations;
  const own = (spec?.tolerations ?? []).filter(
    one => !troubles.some(({key, effect}) => key === one.key && effect === one.effect),
  );
  return [...own, ...troubles];
}

const forgiving = (effect: string, trouble: string) => ({
  key: `node.kubernetes.io/${trouble}`,
  operator: 'Exists',
  effect,
});
const daemonTolerations = [
  forgiving('NoExecute', 'not-ready'),
  forgiving('NoExecute', 'unreachable'),
  forgiving('NoSchedule', 'disk-pressure'),
  forgiving('NoSchedule', 'memory-pressure'),
  forgiving('NoSchedule', 'pid-pressure'),
  forgiving('NoSchedule', 'unschedulable'),
];
const networkUnavailable = forgiving('NoSchedule', 'network-unavailable');

/** The affinity that lets the scheduler choose no other node. */
export function affinityTo(node: string, {spec}: PodTemplateSpec) {
  const {requiredDuringSchedulingIgnoredDuringExecution: _, ...preferred} =
    spec?.affinity?.nodeAffinity ?? {};
  const matchFields = [{key: 'metadata.name', operator: 'In', values: [node]}];
  return {
    ...spec?.affinity,
    nodeAffinity: {
      ...preferred,
      requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields}]},
    },
  };
}

/** The node that a daemon's Pod is on, or is meant for. */
export function nodeOf({spec}: Pod): string | undefined {
  if (spec?.nodeName) return spec.nodeName;
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms?.flatMap(({matchFields = []}) => matchFields).find(({key}) => key === 'metadata.name')
    ?.values?.[0];
}
