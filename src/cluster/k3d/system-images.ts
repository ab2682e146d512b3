import type {Provider} from '../../engine/ports.ts';
import {fullName} from '../docker/images.ts';
import type {Docker} from '../docker/programs.ts';

/** Made to look into, and deleted again. */
const name = 'statelab-bundle';
const server = `k3d-${name}-server-0`;

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
  await removeLeftover(clusters, signal);
  await clusters.create(name, {agents: 0, image}, progress, signal);
  const remove = () => clusters.remove(name, AbortSignal.timeout(120_000));
  const images = await imagesOfServer(docker, signal).catch(async error => {
    await remove().catch(() => {}); // why there is no list says more, and the next one begins with what is left
    throw error;
  });
  await remove();
  return images;
}

/** Of one that was killed: its cluster may be of another version. What is not ours, or being made, `create` refuses. */
async function removeLeftover(clusters: Clusters, signal: AbortSignal): Promise<void> {
  const found = (await clusters.list(signal)).find(cluster => cluster.name === name);
  if (found?.ours && found.unfinished?.by === undefined) await clusters.remove(name, signal);
}

async function imagesOfServer({docker, tryDocker}: Docker, signal: AbortSignal): Promise<string[]> {
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
