import type {Of} from '../objects.ts';
import type {Registry} from '../registry/registry.ts';
import {type Amounts, difference, podRequests, sum} from './pod-requests.ts';

export type Pod = Of<'pods'>;
export type Node = Of<'nodes'>;

/** A node with what is on it, as the scheduler counts: running Pods and those it has assumed there. */
export interface NodeState {
  node: Node;
  /** By UID; finished Pods are not among them. */
  pods: ReadonlyMap<string, Pod>;
  requested: Amounts;
  /** The same, with the least that scoring takes a container without requests to need. */
  expected: Amounts;
  /** How many Pods each controller has here, by its UID. */
  siblings: ReadonlyMap<string, number>;
}

/** The nodes and what is on them, kept up to date Pod by Pod, so that a decision costs the same however many there are. */
export interface ClusterState {
  registry: Registry;
  /** By name. */
  nodes(): readonly NodeState[];
  /** What rules out other Pods by their anti-affinity: looked at for every Pod. */
  withAntiAffinity(): Iterable<{pod: Pod; node: Node}>;
  setNode(node: Node): void;
  removeNode(name: string): void;
  /** Counts the Pod on that node from now on, until it moves or is removed. */
  setPod(pod: Pod, nodeName: string): void;
  removePod(uid: string): void;
}

export function clusterState(registry: Registry): ClusterState {
  const nodes = new Map<string, Occupied>();
  const placed = new Map<string, {pod: Pod; nodeName: string}>();
  const repelling = new Set<string>();
  let sorted: Occupied[] | undefined;
  const occupied = (name: string) => {
    const known = nodes.get(name) ?? emptyNode();
    nodes.set(name, known);
    return known;
  };
  const removePod = (uid: string) => {
    const before = placed.get(uid);
    if (!before) return;
    placed.delete(uid);
    repelling.delete(uid);
    takeAway(occupied(before.nodeName), before.pod);
  };
  return {
    registry,
    nodes: () => {
      sorted ??= [...nodes.values()].filter(isThere).sort(byName);
      return sorted.filter(isThere);
    },
    *withAntiAffinity() {
      for (const uid of repelling) {
        const {pod, nodeName} = placed.get(uid) ?? {};
        const node = nodeName === undefined ? undefined : nodes.get(nodeName)?.node;
        if (pod && node) yield {pod, node};
      }
    },
    setNode(node) {
      const state = occupied(node.metadata.name);
      if (!state.node) sorted = undefined;
      state.node = node;
    },
    removeNode(name) {
      occupied(name).node = undefined;
      sorted = undefined;
    },
    setPod(pod, nodeName) {
      const {uid} = pod.metadata;
      removePod(uid);
      placed.set(uid, {pod, nodeName});
      if (pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution)
        repelling.add(uid);
      putOn(occupied(nodeName), pod);
    },
    removePod,
  };
}

/** Pods can be on a node that is not there any more. */
interface Occupied extends Omit<NodeState, 'node'> {
  node: Node | undefined;
  pods: Map<string, Pod>;
  siblings: Map<string, number>;
}

const emptyNode = (): Occupied => ({
  node: undefined,
  pods: new Map(),
  requested: {},
  expected: {},
  siblings: new Map(),
});

const isThere = (state: Occupied): state is Occupied & {node: Node} => state.node !== undefined;
const byName = (one: NodeState, other: NodeState) =>
  one.node.metadata.name < other.node.metadata.name ? -1 : 1;

function putOn(state: Occupied, pod: Pod): void {
  state.pods.set(pod.metadata.uid, pod);
  state.requested = sum(state.requested, podRequests(pod));
  state.expected = sum(state.expected, expectedOf(pod));
  const owner = ownerOf(pod);
  if (owner) state.siblings.set(owner, (state.siblings.get(owner) ?? 0) + 1);
}

function takeAway(state: Occupied, pod: Pod): void {
  state.pods.delete(pod.metadata.uid);
  state.requested = difference(state.requested, podRequests(pod));
  state.expected = difference(state.expected, expectedOf(pod));
  const owner = ownerOf(pod);
  const others = (owner === undefined ? 0 : (state.siblings.get(owner) ?? 0)) - 1;
  if (owner && others > 0) state.siblings.set(owner, others);
  else if (owner) state.siblings.delete(owner);
}

/** The UID of the Pod's controller. */
export const ownerOf = ({metadata}: Pod) => metadata.ownerReferences?.find(({controller}) => controller)?.uid;

/** A container that asks for nothing is scored as if it needed a tenth of a core and 200 MB. */
const leastExpected = {cpu: '100m', memory: '200Mi'};

export const expectedOf = (pod: Pod) =>
  podRequests({
    ...pod,
    spec: {
      ...pod.spec,
      containers: (pod.spec?.containers ?? []).map(container => ({
        ...container,
        resources: {
          requests: {...leastExpected, ...container.resources?.limits, ...container.resources?.requests},
        },
      })),
    },
  });
