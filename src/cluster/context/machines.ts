import {isExpected} from '../../errors.ts';
import {mustRun, ProgramFailed, runProgram} from '../../kube/program.ts';
import type {KubeObject} from '../../world/object.ts';
import type {Docker} from '../docker/programs.ts';

/** The machines of a foreign cluster, where they are containers of this machine's Docker. */
export interface LocalMachines {
  /** By name, also of those whose Node object was deleted. */
  list(signal: AbortSignal): Promise<Machine[]>;
  /** As if its power had gone. */
  stop(name: string, signal: AbortSignal): Promise<void>;
  start(name: string, signal: AbortSignal): Promise<void>;
}

export interface Machine {
  name: string;
  running: boolean;
}

/** The label by which a tool marks the containers of one cluster, and what it says of those that are nodes. */
const tools = [
  {cluster: 'io.x-k8s.kind.cluster', role: 'io.x-k8s.kind.role', nodes: ['control-plane', 'worker']},
  {cluster: 'k3d.cluster', role: 'k3d.role', nodes: ['server', 'agent']},
  {cluster: 'name.minikube.sigs.k8s.io', role: 'role.minikube.sigs.k8s.io', nodes: ['']},
];

/** How long Docker may take to answer, in milliseconds: without it a cluster can still be used. */
const limit = 5_000;

/**
 * Looks for the nodes among the containers of this machine. A container is taken for a node only when it is called like
 * it, has one of its addresses and was made by kind, k3d or minikube; and all nodes must be found, or none counts.
 */
export async function findLocalMachines(
  docker: Docker,
  nodes: readonly KubeObject[],
  signal: AbortSignal,
): Promise<LocalMachines | undefined> {
  const containers = await inspect(
    docker,
    nodes.map(({metadata}) => metadata.name),
    signal,
  );
  const clusters = new Set(
    nodes.flatMap(node => containers.flatMap(container => clusterOf(container, node) ?? [])),
  );
  const [cluster] = clusters;
  if (clusters.size !== 1 || cluster === undefined) return undefined;
  const list = async (signal: AbortSignal) => machinesOf(docker, cluster, signal);
  const names = (await list(signal)).map(({name}) => name);
  if (!nodes.every(({metadata}) => names.includes(metadata.name))) return undefined;
  const {env} = docker;
  return {
    list,
    stop: async (name, signal) => void (await mustRun('docker', ['kill', name], {env, signal})),
    start: async (name, signal) => void (await mustRun('docker', ['start', name], {env, signal})),
  };
}

interface Container {
  Name: string;
  State: {Running: boolean};
  Config: {Labels: Record<string, string> | null};
  NetworkSettings: {Networks: Record<string, {IPAddress?: string; GlobalIPv6Address?: string}> | null};
}

/** The label, with its value, of the cluster that a running container is this node of. */
function clusterOf(container: Container, {metadata, status}: KubeObject): string | undefined {
  const {addresses = []} = (status ?? {}) as {addresses?: {address: string}[]};
  const ips = Object.values(container.NetworkSettings.Networks ?? {}).flatMap(
    ({IPAddress, GlobalIPv6Address}) => [IPAddress, GlobalIPv6Address],
  );
  const labels = container.Config.Labels ?? {};
  const tool = tools.find(({cluster}) => cluster in labels);
  const same =
    nameOf(container) === metadata.name && addresses.some(({address}) => address && ips.includes(address));
  return tool && same ? `${tool.cluster}=${labels[tool.cluster]}` : undefined;
}

async function machinesOf({env}: Docker, cluster: string, signal: AbortSignal): Promise<Machine[]> {
  const listed = await mustRun(
    'docker',
    ['container', 'ls', '--all', '--filter', `label=${cluster}`, '--format', '{{.Names}}'],
    {env, signal},
  );
  const containers = await inspect({env}, listed.stdout.split('\n').filter(Boolean), signal);
  return containers
    .filter(({Config: {Labels}}) =>
      tools.some(
        ({cluster, role, nodes}) => Labels && cluster in Labels && nodes.includes(Labels[role] ?? ''),
      ),
    )
    .map(container => ({name: nameOf(container), running: container.State.Running}));
}

const nameOf = ({Name}: Container) => Name.replace(/^\//, '');

/** Those of the names that are containers; none where there is no Docker. */
async function inspect(
  {env}: Pick<Docker, 'env'>,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Container[]> {
  if (names.length === 0) return [];
  try {
    const options = {env, signal, timeout: limit};
    const {stdout} = await runProgram('docker', ['container', 'inspect', ...names], options);
    return JSON.parse(stdout || '[]') as Container[];
  } catch (error) {
    const absent = isExpected(error) && error.code === 'program-missing';
    if (absent || error instanceof ProgramFailed || error instanceof SyntaxError) return [];
    throw error;
  }
}
