import {fullName} from '../docker/images.ts';
import {type K3dOptions, k3dProvider} from './index.ts';
import {programs} from './programs.ts';

/** Made to look into, and deleted again. */
const name = 'statelab-bundle';
const server = `k3d-${name}-server-0`;

/**
 * The images that k3s pulls for itself: they are in no image of k3d, and depend on k3s' version. So a cluster is made,
 * and asked.
 * @throws what making one throws
 */
export async function systemImages(
  options: K3dOptions,
  image: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const provider = k3dProvider(options);
  const {docker, tryDocker} = programs(options.env, '');
  await provider.create(name, {agents: 0, image}, progress, signal);
  try {
    const pulled = await docker(['exec', server, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q'], {signal});
    // The provisioner's helper is not there before the first claim.
    const config = ['-n', 'kube-system', 'get', 'configmap', 'local-path-config', '-o', 'yaml'];
    const {stdout: helper} = await tryDocker(['exec', server, 'kubectl', ...config], {signal});
    const helpers = [...helper.matchAll(/^\s*image:\s*["']?([^\s"']+)/gm)].map(([, found = '']) => found);
    const named = pulled.stdout
      .split('\n')
      .filter(found => /^[^@]+:[^@/]+$/.test(found.trim()) && !found.startsWith('sha256:'));
    return [...new Set([...named, ...helpers].map(fullName))].sort();
  } finally {
    await provider.remove(name, AbortSignal.timeout(120_000));
  }
}
