import type {NodeMachine, NodeMachines} from '../../node/machine.ts';
import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {badRequest, notFound, StatusError} from '../../status-error.ts';
import type {ContainerRecord} from '../containers/container-record.ts';
import type {ContainerHandle} from '../containers/start-container.ts';
import type {Kubelet} from '../kubelet.ts';
import type {PodRuntime} from '../pod-runtime.ts';

/** Where requests find Pods. */
export interface Nodes {
  registry: Registry;
  machines: NodeMachines;
  kubelet(node: string): Kubelet | undefined;
}

export interface FoundContainer {
  pod: Of<'pods'>;
  name: string;
  /** Undefined while its kubelet knows nothing of the Pod yet. */
  runtime: PodRuntime | undefined;
  record: ContainerRecord | undefined;
}

const pods = {group: '', resource: 'pods', kind: 'Pod'};
/** kubectl picks this one too. */
const defaultContainer = 'kubectl.kubernetes.io/default-container';

/**
 * What the API server looks at before it turns to a kubelet: the Pod and its container, and that it has a node.
 * @throws StatusError
 */
export function findAssigned(
  nodes: Pick<Nodes, 'registry'>,
  address: ContainerAddress,
): {pod: Of<'pods'>; name: string; node: string} {
  const {pod, name} = findNamed(nodes, address);
  return {pod, name, node: nodeOf(pod)};
}

/** The same, for a Pod that may have no node yet. */
export function findNamed(
  {registry}: Pick<Nodes, 'registry'>,
  {namespace, pod: podName, container}: ContainerAddress,
): {pod: Of<'pods'>; name: string} {
  const pod = getPod(registry, namespace, podName);
  const {initContainers = [], containers = []} = pod.spec ?? {};
  const name = container ?? pod.metadata.annotations?.[defaultContainer] ?? containers[0]?.name ?? '';
  if (![...initContainers, ...containers].some(one => one.name === name))
    throw badRequest(`container ${name} is not valid for pod ${podName}`);
  return {pod, name};
}

/**
 * A Pod on a node that is on.
 * @param unreachable what is said when the node does not answer, before the reason
 * @throws StatusError
 */
export function findPod(
  {registry, machines, kubelet}: Nodes,
  namespace: string,
  name: string,
  unreachable: (machine: NodeMachine) => string,
): {pod: Of<'pods'>; runtime: PodRuntime | undefined} {
  const pod = getPod(registry, namespace, name);
  const node = nodeOf(pod);
  const machine = machines.get(node);
  if (!machine?.running) {
    const why = machine
      ? `${unreachable(machine)}dial tcp ${machine.ip}:10250: connect: no route to host`
      : `nodes "${node}" not found`;
    throw new StatusError(500, 'InternalError', why);
  }
  return {pod, runtime: kubelet(node)?.worker(pod.metadata.uid)?.runtime};
}

/** @throws StatusError when there is no such Pod or container, or its node does not answer */
export function findContainer(
  nodes: Nodes,
  address: ContainerAddress,
  unreachable: (machine: NodeMachine, container: string) => string,
): FoundContainer {
  const {pod, name} = findAssigned(nodes, address);
  const {runtime} = findPod(nodes, address.namespace, address.pod, machine => unreachable(machine, name));
  return {pod, name, runtime, record: runtime?.records.find(({spec}) => spec.name === name)};
}

export interface ContainerAddress {
  namespace: string;
  pod: string;
  container?: string | undefined;
}

/** @throws StatusError besides, when the container does not run */
export function findRunningContainer(
  nodes: Nodes,
  address: ContainerAddress,
): {record: ContainerRecord; handle: ContainerHandle} {
  const dialing = 'Internal error occurred: error dialing backend: ';
  const {record, name} = findContainer(nodes, address, () => dialing);
  const handle = record?.run?.handle;
  if (!record || !handle) {
    const message = `Internal error occurred: unable to upgrade connection: container not found ("${name}")`;
    throw new StatusError(500, 'InternalError', message);
  }
  return {record, handle};
}

function getPod(registry: Registry, namespace: string, name: string): Of<'pods'> {
  const pod = registry.get('pods', namespace, name);
  if (!pod) throw notFound(pods, name);
  return pod;
}

function nodeOf({metadata, spec}: Of<'pods'>): string {
  if (!spec?.nodeName) throw badRequest(`pod ${metadata.name} does not have a host assigned`);
  return spec.nodeName;
}
