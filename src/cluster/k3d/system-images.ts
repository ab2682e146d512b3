import {isAlive} from '../../alive.ts';
import type {Provider} from '../../engine/ports.ts';
import {fullName} from '../docker/images.ts';
import type {Docker} from '../docker/programs.ts';

/** Of the clusters that are made to look into, and deleted again: the rest of the name is the process that looks. */
const prefix = 'statelab-bundle-';

type Clusters = Pick<Provider, 'list' | 'create' | 'remove'>;

/**
 * The images that k3s pulls for itself: they are in no image of k3d, and depend on k3s' version. So a cluster is made,
 * and asked.
 * @param clusters those of k3d
 * @throws what making one throws
 */
export async function systemImages(
  clusters: Clusters,
  docker: Docker,
  image: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  await removeLeftovers(clusters, signal);
  const name = `${prefix}${process.pid}`;
  const remove = () => clusters.remove(name, AbortSignal.timeout(120_000));
  let images: string[];
  try {
    await clusters.create(name, {agents: 0, image}, progress, signal);
    images = await imagesOfServer(docker, name, signal);
  } catch (error) {
    await remove().catch(() => {}); // why there is no list says more, and the next one begins with what is left
    throw error;
  }
  await remove();
  return images;
}

/** Of those that were killed. */
async function removeLeftovers(clusters: Clusters, signal: AbortSignal): Promise<void> {
  const left = (await clusters.list(signal)).filter(({name, ours}) => ours && isLeftover(name));
  for (const {name} of left) await clusters.remove(name, signal);
}

function isLeftover(name: string): boolean {
  const pid = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return /^[1-9]\d*$/.test(pid) && (Number(pid) === process.pid || !isAlive({pid: Number(pid)}));
}

async function imagesOfServer(
  {docker, tryDocker}: Docker,
  cluster: string,
  signal: AbortSignal,
): Promise<string[]> {
  const server = `k3d-${cluster}-server-0`;
  const pulled = await docker(['exec', server, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q'], {signal});
  // The provisioner's helper is not there before the first claim.
  const config = ['-n', 'kube-system', 'get', 'configmap', 'local-path-config', '-o', 'yaml'];
  const {stdout: helper} = await tryDocker(['exec', server, 'kubectl', ...config], {signal});
  const helpers = [...helper.matchAll(/^\s*image:\s*["']?([^\s"']+)/gm)].map(([, found = '']) => found);
  const named = pulled.stdout
    .split('\n')
    .filter(found => /^[^@]+:[^@/]+$/.test(found.trim()) && !found.startsWith('sha256:'));
  return [...new Set([...named, ...helpers].map(fullName))].sort();
}
