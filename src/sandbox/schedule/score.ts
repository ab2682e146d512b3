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
  for (const {weight, score, spread} of scorers(pod, fitting, cluster)) {
    const points = spread(fitting.map(score));
    for (const [index, point] of points.entries()) totals[index] = (totals[index] ?? 0) + weight * point;
  }
  return fitting[totals.indexOf(Math.max(...totals))];
}

interface Scorer {
  weight: number;
  score(state: NodeState): number;
  /** Brings scores of any size to 0 to 100. */
  spread(scores: readonly number[]): readonly number[];
}

/** The default scheduler's, with its weights; where images lie is not looked at. */
const scorers = (pod: Pod, fitting: readonly NodeState[], cluster: ClusterState): Scorer[] => [
  {weight: 3, score: ({node}) => unwelcoming(pod, node), spread: lowIsGood},
  {weight: 2, score: ({node}) => preferred(pod, node), spread: highIsGood},
  {weight: 2, score: state => crowd(pod, state, fitting), spread: inverted},
  {weight: 2, score: state => company(pod, state, cluster), spread: overWholeRange},
  {weight: 1, score: state => freeShare(pod, state), spread: asTheyAre},
  {weight: 1, score: state => balance(pod, state), spread: asTheyAre},
];

const highIsGood = (scores: readonly number[]) => {
  const most = Math.max(...scores);
  return scores.map(score => (most === 0 ? 0 : (100 * score) / most));
};

const lowIsGood = (scores: readonly number[]) => highIsGood(scores).map(score => 100 - score);

/** The best gets 100, the worst as much less as it is worse: a single sibling does not outweigh an affinity. */
const inverted = (scores: readonly number[]) => {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return scores.map(score => (most === 0 ? 100 : (100 * (most + least - score)) / most));
};

const overWholeRange = (scores: readonly number[]) => {
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  return scores.map(score => (least === most ? 0 : (100 * (score - least)) / (most - least)));
};

const asTheyAre = (scores: readonly number[]) => scores;

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

/**
 * How far the node would lead away from an even spread, after the Pod's constraints that are wishes; without any,
 * after the scheduler's own for Pods of one controller: a skew of 3 between nodes.
 */
function crowd(pod: Pod, state: NodeState, fitting: readonly NodeState[]): number {
  const constraints = pod.spec?.topologySpreadConstraints ?? [];
  if (constraints.length > 0)
    return constraints
      .filter(({whenUnsatisfiable}) => whenUnsatisfiable === 'ScheduleAnyway')
      .map(constraint => {
        const {topologyKey, maxSkew} = constraint;
        return skewed(matching(constraint, pod, state), domains(topologyKey, fitting), maxSkew);
      })
      .reduce((sum, skew) => sum + skew, 0);
  const owner = ownerOf(pod);
  return owner === undefined ? 0 : skewed(state.siblings.get(owner) ?? 0, fitting.length, 3);
}

const skewed = (pods: number, domainCount: number, maxSkew: number) =>
  Math.round(pods * Math.log(domainCount + 2) + maxSkew - 1);

const domains = (key: string, fitting: readonly NodeState[]) =>
  new Set(fitting.map(({node}) => node.metadata.labels?.[key])).size;

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
