import {termSelects} from '../node-selector.ts';
import {tolerates} from '../taints.ts';
import {
  type ClusterState,
  expectedOf,
  type Node,
  type NodeState,
  ownerOf,
  type Pod,
} from './cluster-state.ts';
import {speaksOf} from './filters/pod-terms.ts';
import {matching} from './filters/pod-topology-spread.ts';
import {amounts} from './pod-requests.ts';

/**
 * The node that the default scheduler's scores favour; of equals the first by name, where the real one throws dice.
 * @param fitting all nodes that the filters let through
 */
export function bestNode(
  pod: Pod,
  fitting: readonly NodeState[],
  cluster: ClusterState,
): NodeState | undefined {
  if (fitting.length < 2) return fitting[0];
  const totals = fitting.map(() => 0);
  for (const {weight, score, lowIsGood} of scorers(pod, cluster)) {
    const raw = fitting.map(score);
    const normalized = lowIsGood === undefined ? raw : normalize(raw, lowIsGood);
    for (const [index, points] of normalized.entries())
      totals[index] = (totals[index] ?? 0) + weight * points;
  }
  return fitting[totals.indexOf(Math.max(...totals))];
}

interface Scorer {
  weight: number;
  score(state: NodeState): number;
  /** Of scores of any size, which are then spread over 0 to 100. Undefined: they are that already. */
  lowIsGood?: boolean;
}

/** The default scheduler's, with its weights; where images lie is not looked at. */
const scorers = (pod: Pod, cluster: ClusterState): Scorer[] => [
  {weight: 3, score: ({node}) => unwelcoming(pod, node), lowIsGood: true},
  {weight: 2, score: ({node}) => preferred(pod, node), lowIsGood: false},
  {weight: 2, score: state => crowd(pod, state), lowIsGood: true},
  {weight: 2, score: state => company(pod, state, cluster), lowIsGood: false},
  {weight: 1, score: state => freeShare(pod, state)},
  {weight: 1, score: state => balance(pod, state)},
];

function normalize(scores: readonly number[], lowIsGood: boolean): number[] {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  if (least === most) return scores.map(() => 0);
  return scores.map(score => (100 * (lowIsGood ? most - score : score - least)) / (most - least));
}

/** Taints that only ask Pods to stay away, and that this one does not tolerate. */
const unwelcoming = ({spec}: Pod, node: Node) =>
  (node.spec?.taints ?? []).filter(
    taint =>
      taint.effect === 'PreferNoSchedule' &&
      !(spec?.tolerations ?? []).some(toleration => tolerates(toleration, taint)),
  ).length;

const preferred = ({spec}: Pod, node: Node) =>
  (spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    .filter(({preference}) => termSelects(preference, node))
    .reduce((sum, {weight}) => sum + weight, 0);

/** Pods that should be spread out and are on the node already: those of the constraints, else of the same controller. */
function crowd(pod: Pod, state: NodeState): number {
  const constraints = pod.spec?.topologySpreadConstraints ?? [];
  if (constraints.length > 0)
    return constraints
      .filter(({whenUnsatisfiable}) => whenUnsatisfiable === 'ScheduleAnyway')
      .reduce((sum, constraint) => sum + matching(constraint, pod, state), 0);
  const owner = ownerOf(pod);
  return owner === undefined ? 0 : (state.siblings.get(owner) ?? 0);
}

/** What preferred affinity between Pods says for the node, less what speaks against it. */
function company(pod: Pod, {node}: NodeState, cluster: ClusterState): number {
  const {podAffinity, podAntiAffinity} = pod.spec?.affinity ?? {};
  const terms = [
    ...(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(term => ({
      ...term,
      weight: -term.weight,
    })),
  ];
  let points = 0;
  for (const {weight, podAffinityTerm} of terms) {
    const domain = node.metadata.labels?.[podAffinityTerm.topologyKey];
    if (domain === undefined) continue;
    for (const other of cluster.nodes())
      if (other.node.metadata.labels?.[podAffinityTerm.topologyKey] === domain)
        for (const neighbour of other.pods.values())
          if (speaksOf(cluster.registry, podAffinityTerm, pod, neighbour)) points += weight;
  }
  return points;
}

/** How much of the node would still be free: the mean of cpu and memory, 0 to 100. */
const freeShare = (pod: Pod, state: NodeState) =>
  (usedShares(pod, state).reduce((sum, used) => sum + (1 - used), 0) * 100) / 2;

/** 100 when cpu and memory would be used equally, less the further they are apart. */
function balance(pod: Pod, state: NodeState): number {
  const [cpu = 0, memory = 0] = usedShares(pod, state);
  return (1 - Math.abs(cpu - memory) / 2) * 100;
}

function usedShares(pod: Pod, {node, expected}: NodeState): number[] {
  const [allocatable, wanted] = [amounts(node.status?.allocatable), expectedOf(pod)];
  return ['cpu', 'memory'].map(name =>
    Math.min(1, ((expected[name] ?? 0) + (wanted[name] ?? 0)) / (allocatable[name] || 1)),
  );
}
