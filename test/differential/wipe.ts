import {dirname} from 'node:path';
import {kubectl, type RunOptions} from './kubectl.ts';

/** Removes directories that hostPath volumes have left on nodes, through a Pod on each, in a namespace for that. */
export async function wipe(
  directories: readonly string[],
  nodes: readonly string[],
  namespace: string,
  options: RunOptions,
): Promise<void> {
  if (directories.length === 0) return;
  const within = (words: readonly string[]) => kubectl(['--namespace', namespace, ...words], options);
  await kubectl(['create', 'namespace', namespace], options);
  const manifest = nodes.map(node => JSON.stringify(wiper(directories, node))).join('\n---\n');
  await kubectl(['--namespace', namespace, 'create', '-f', '-'], {...options, stdin: manifest});
  await within(['wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod', '--all', '--timeout=60s']);
  await kubectl(['delete', 'namespace', namespace], options);
}

const wiper = (directories: readonly string[], node: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: `wipe-${node}`},
  spec: {
    nodeName: node,
    restartPolicy: 'Never',
    containers: [
      {
        name: 'wipe',
        image: 'busybox:1.37',
        command: ['rm', '-rf', ...directories.map(directory => `/node${directory}`)],
        volumeMounts: parents(directories).map((path, index) => ({
          name: `v${index}`,
          mountPath: `/node${path}`,
        })),
      },
    ],
    volumes: parents(directories).map((path, index) => ({
      name: `v${index}`,
      hostPath: {path, type: 'DirectoryOrCreate'},
    })),
  },
});

const parents = (directories: readonly string[]): string[] => [
  ...new Set(directories.map(path => dirname(path))),
];
