import {mustRun} from '../../src/kube/program.ts';

// A Docker engine and k3d as a learner has them, past statelab.
const run = async (program: 'docker' | 'k3d' | 'kubectl', args: readonly string[]): Promise<string> =>
  (await mustRun(program, args, {env: process.env, signal: AbortSignal.timeout(240_000)})).stdout;

export const docker = (...args: string[]) => run('docker', args);
export const k3d = (...args: string[]) => run('k3d', args);
export const kubectl = (kubeconfig: string, ...args: string[]) =>
  run('kubectl', ['--kubeconfig', kubeconfig, ...args]);

/** k3d allows 32 characters. */
export const clusterName = (what: string) => `statelab-t-${what}-${process.pid}`;

/** The node containers of a cluster. */
export const nodesOf = async (cluster: string): Promise<string[]> =>
  (await docker('ps', '--all', '--filter', `label=k3d.cluster=${cluster}`, '--format', '{{.Names}}'))
    .split('\n')
    .filter(Boolean)
    .sort();

/** Deletes the cluster and the volumes of its name, whoever made it and whatever is left of it. */
export async function deleteCluster(name: string): Promise<void> {
  await k3d('cluster', 'delete', name);
  const volumes = await docker('volume', 'ls', '--quiet', '--filter', `name=k3d-${name}-`);
  if (volumes !== '') await docker('volume', 'rm', ...volumes.split('\n'));
}

/** What labs have left in a cluster: their namespaces, and their directories on nodes. */
export async function leftBehind(cluster: string, kubeconfig: string): Promise<string[]> {
  const namespaces = await kubectl(kubeconfig, 'get', 'namespaces', '-l', 'statelab.dev/lab', '-o', 'name');
  const listings = await Promise.all(
    (await nodesOf(cluster)).map(async node => {
      const found = await docker('exec', node, 'sh', '-c', 'ls -A /var/lib/statelab 2>/dev/null || true');
      return found
        .split('\n')
        .filter(Boolean)
        .map(name => `${node}:/var/lib/statelab/${name}`);
    }),
  );
  return [...namespaces.split('\n').filter(Boolean), ...listings.flat()];
}
