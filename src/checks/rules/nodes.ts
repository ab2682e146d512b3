import type {KubeObject} from '../../world/object.ts';
import {hasLabels, inLab, type Scene} from '../select.ts';
import {claimNamesOf, specOf} from './claims.ts';

interface Taint {
  key: string;
  value?: string;
  effect: string;
}
interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}
interface Term {
  matchExpressions?: {key: string; operator: string; values?: string[]}[];
}

export const isCordoned = (node: KubeObject | undefined): boolean =>
  (node?.spec as {unschedulable?: boolean} | undefined)?.unschedulable === true;

export const taintsOf = (node: KubeObject | undefined): Taint[] =>
  (node?.spec as {taints?: Taint[]} | undefined)?.taints ?? [];

/** Does its kubelet not answer, or not want Pods? */
export function isLost(node: KubeObject | undefined): boolean {
  const {conditions = []} = (node?.status ?? {}) as {conditions?: {type: string; status: string}[]};
  return conditions.some(({type, status}) => type === 'Ready' && status !== 'True');
}

/** Taints that the cluster itself sets and takes away, and those that a cordon brings. */
export const isOwnTaint = ({key}: Taint) =>
  /^node\.kubernetes\.io\/(unschedulable|not-ready|unreachable|.*-pressure)$/.test(key) ||
  /^node-role\.kubernetes\.io\//.test(key);

export function tolerates(pod: KubeObject, taint: Taint): boolean {
  const {tolerations = []} = (pod.spec ?? {}) as {tolerations?: Toleration[]};
  return tolerations.some(
    ({key, operator = 'Equal', value, effect}) =>
      (key === undefined || key === taint.key) &&
      (effect === undefined || effect === '' || effect === taint.effect) &&
      (operator === 'Exists' || (value ?? '') === (taint.value ?? '')),
  );
}

/** The nodes that the Pod could go to by its nodeSelector and its volumes, and which of the two ties it. */
export function nodesFor(
  pod: KubeObject,
  scene: Scene,
): {nodes: KubeObject[]; pinned?: 'volume' | 'selector'} {
  const nodes = scene.world.objects('nodes');
  const {nodeSelector = {}} = (pod.spec ?? {}) as {nodeSelector?: Record<string, string>};
  const labels = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  const selected = nodes.filter(({metadata}) => labels.every(label => hasLabels(metadata.labels, label)));
  const reachable = selected.filter(node => volumesOf(pod, scene).every(volume => isReachable(volume, node)));
  const pinned = reachable.length < selected.length ? 'volume' : labels.length > 0 ? 'selector' : undefined;
  return {nodes: reachable, ...(pinned ? {pinned} : {})};
}

/** The volumes of the claims that a Pod mounts, as far as they are bound. */
export function volumesOf(pod: KubeObject, scene: Scene): KubeObject[] {
  const names = new Set(claimNamesOf(pod));
  const bound = new Set(
    inLab({kind: 'persistentvolumeclaims'}, scene)
      .filter(({metadata}) => names.has(metadata.name))
      .flatMap(claim => specOf(claim).volumeName ?? []),
  );
  return scene.world.objects('persistentvolumes').filter(({metadata}) => bound.has(metadata.name));
}

function isReachable(volume: KubeObject, node: KubeObject): boolean {
  const {nodeAffinity} = (volume.spec ?? {}) as {nodeAffinity?: {required?: {nodeSelectorTerms?: Term[]}}};
  const terms = nodeAffinity?.required?.nodeSelectorTerms;
  return (
    terms === undefined ||
    terms.some(({matchExpressions = []}) =>
      matchExpressions.every(
        ({key, operator, values = []}) =>
          operator !== 'In' || values.includes(node.metadata.labels?.[key] ?? ''),
      ),
    )
  );
}
