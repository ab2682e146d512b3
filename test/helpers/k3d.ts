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

/** The node containers of a cluster, not those that bring images to them. */
export async function nodesOf(cluster: string): Promise<string[]> {
  const format = '{{.Label "k3d.role"}} {{.Names}}';
  const listed = await docker('ps', '--all', '--filter', `label=k3d.cluster=${cluster}`, '--format', format);
  return listed
    .split('\n')
    .flatMap(line => /^(?:server|agent) (.+)$/.exec(line)?.[1] ?? [])
    .sort();
}

/** Deletes the cluster and the volumes of its name, whoever made it and whatever is left of it. */
export async function deleteCluster(name: string): Promise<void> {
  await k3d('cluster', 'delete', name);
  const volumes = await docker('volume', 'ls', '--quiet', '--filter', `name=k3d-${name}-`);
  if (volumes !== '') await docker('volume', 'rm', ...volumes.split('\n'));
}

/** What labs have left in a cluster: their namespaces, volumes, and directories on nodes and on what nodes share. */
export async function leftBehind(cluster: string, kubeconfig: string): Promise<string[]> {
  const listings = await Promise.all(
    (await nodesOf(cluster)).map(async node => {
      const own = await docker('exec', node, 'sh', '-c', 'ls -Ad /var/lib/statelab/* /lab-shared/* || true');
      return words(own).map(path => `${node}:${path}`);
    }),
  );
  return [...(await objectsLeft(kubeconfig)), ...listings.flat()];
}

/** The namespaces of labs, and all volumes: nothing but labs makes any in a cluster for tests. */
export const objectsLeft = async (kubeconfig: string): Promise<string[]> => [
  ...words(await kubectl(kubeconfig, 'get', 'namespaces', '-l', 'statelab.dev/lab', '-o', 'name')),
  ...words(await kubectl(kubeconfig, 'get', 'persistentvolumes', '-o', 'name')),
];

const words = (text: string): string[] => text.split('\n').filter(Boolean);
