import type {ClusterInfo, NodeInfo, Unfinished} from '../../engine/ports.ts';
import {ownerLabel} from '../docker/owner.ts';
import {listUnfinished} from '../docker/unfinished.ts';
import type {Programs} from './programs.ts';

/** All k3d clusters of this Docker engine, ours or not; also those of ours of which there is no node yet, or none any more. */
export async function listClusters(programs: Programs, signal: AbortSignal): Promise<ClusterInfo[]> {
  const [{stdout}, ours, unfinished] = await Promise.all([
    programs.k3d(['cluster', 'list', '-o', 'json'], {signal}),
    ourClusters(programs, signal),
    listUnfinished(programs, 'k3d', signal),
  ]);
  const listed = (JSON.parse(stdout || '[]') as ListedCluster[] | null) ?? [];
  const names = new Set(listed.map(({name}) => name));
  const without = [...unfinished.keys()].filter(name => !names.has(name));
  return [...listed, ...without.map(name => ({name, nodes: [], serversRunning: 0}))].map(cluster =>
    clusterInfo(cluster, ours, unfinished.get(cluster.name)),
  );
}

/**
 * The clusters with nodes of ours, each with the image that these are made of. k3d 5.8 lists only the labels that it has
 * set itself, and images by their digest, so Docker is asked.
 */
async function ourClusters({docker}: Programs, signal: AbortSignal): Promise<Map<string, string>> {
  const format = '{{.Label "k3d.cluster"}}\t{{.Image}}';
  const {stdout} = await docker(['ps', '--all', '--filter', `label=${ownerLabel}`, '--format', format], {
    signal,
  });
  return new Map(
    stdout.split('\n').map(line => {
      const [cluster = '', image = ''] = line.trim().split('\t');
      return [cluster, image];
    }),
  );
}

export const findCluster = async (
  programs: Programs,
  name: string,
  signal: AbortSignal,
): Promise<ClusterInfo | undefined> =>
  (await listClusters(programs, signal)).find(cluster => cluster.name === name);

/** A mark alone makes no cluster ours: somebody else may have made one of that name since. */
function clusterInfo(
  {name, nodes: all, serversRunning}: ListedCluster,
  labelled: Map<string, string>,
  mark: Unfinished | undefined,
): ClusterInfo {
  const nodes = all.flatMap(nodeInfo);
  const ours = labelled.has(name) || (nodes.length === 0 && mark !== undefined);
  const unfinished = ours ? mark : undefined;
  const image = labelled.get(name);
  return {
    provider: 'k3d',
    name,
    ours,
    running: serversRunning > 0 && !unfinished,
    ...(unfinished ? {unfinished} : {}),
    ...(image ? {image} : {}),
    nodes,
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
