import type {ClusterInfo, NodeInfo} from '../../engine/ports.ts';
import type {Programs} from './programs.ts';

/** How a cluster is known to be statelab's: each of its containers carries it. */
export const ownerLabel = 'statelab.dev/owner=statelab';

/** All k3d clusters of this Docker engine, ours or not. */
export async function listClusters(programs: Programs, signal: AbortSignal): Promise<ClusterInfo[]> {
  const [{stdout}, ours] = await Promise.all([
    programs.k3d(['cluster', 'list', '-o', 'json'], {signal}),
    ourClusters(programs, signal),
  ]);
  const listed = (JSON.parse(stdout || '[]') as ListedCluster[] | null) ?? [];
  return listed.map(cluster => clusterInfo(cluster, ours));
}

/** k3d 5.8 lists only the labels that it has set itself, so Docker is asked for ours. */
async function ourClusters({docker}: Programs, signal: AbortSignal): Promise<Set<string>> {
  const format = '{{.Label "k3d.cluster"}}';
  const {stdout} = await docker(['ps', '--all', '--filter', `label=${ownerLabel}`, '--format', format], {
    signal,
  });
  return new Set(stdout.split('\n').map(line => line.trim()));
}

export const findCluster = async (
  programs: Programs,
  name: string,
  signal: AbortSignal,
): Promise<ClusterInfo | undefined> =>
  (await listClusters(programs, signal)).find(cluster => cluster.name === name);

function clusterInfo({name, nodes, serversRunning}: ListedCluster, ours: Set<string>): ClusterInfo {
  return {
    provider: 'k3d',
    name,
    ours: ours.has(name),
    running: serversRunning > 0,
    nodes: nodes.flatMap(nodeInfo),
  };
}

/** A cluster's load balancer and image loader are k3d nodes too, but none of Kubernetes'. */
function nodeInfo({name, role, State}: ListedNode): NodeInfo[] {
  return role === 'server' || role === 'agent' ? [{name, role, running: State.Running}] : [];
}

/** As of k3d 5.8: `k3d cluster list -o json`. */
interface ListedCluster {
  name: string;
  nodes: ListedNode[];
  serversRunning: number;
}
interface ListedNode {
  name: string;
  role: string;
  State: {Running: boolean};
}
