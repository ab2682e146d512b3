import {execa} from 'execa';
import {ExpectedError} from '../../errors.ts';
import {lastLine} from '../../kube/program.ts';
import {clusterFailed} from './create.ts';
import {type Programs, tellSteps} from './programs.ts';

/**
 * Brings images to the nodes, through the host's Docker: each is pulled once, and only when a node lacks it.
 * @throws ExpectedError `image-missing`, `cluster-failed`
 */
export async function loadImages(
  programs: Programs,
  {cluster, nodes}: {cluster: string; nodes: string[]},
  images: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const wanted = await lacking(programs, nodes, images, signal);
  if (wanted.length === 0) return;
  for (const image of wanted) await pull(programs, image, progress, signal);
  // k3d says that it failed in more ways than its exit code, so what counts is what the nodes have then.
  const imported = await programs
    .k3d(['image', 'import', ...wanted, '--cluster', cluster], {signal, progress: tellSteps(progress)})
    .then(
      () => undefined,
      error => clusterFailed(cluster, 'load images', error),
    );
  const left = await lacking(programs, nodes, wanted, signal);
  for (const node of left.length > 0 ? nodes : []) await copy(programs, node, left, progress, signal);
  const missing = left.length > 0 ? await lacking(programs, nodes, left, signal) : [];
  if (missing.length > 0)
    throw new ExpectedError(
      'cluster-failed',
      {cluster, doing: 'load images', detail: missing.join(', ')},
      {cause: imported},
    );
}

/** Those of the images that at least one node does not have. */
async function lacking(
  {docker}: Programs,
  nodes: string[],
  images: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const lists = await Promise.all(
    nodes.map(node => docker(['exec', node, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q'], {signal})),
  );
  const present = lists.map(({stdout}) => new Set(stdout.split('\n').map(line => line.trim())));
  return images.filter(image => !present.every(has => has.has(fullName(image))));
}

/** Docker's short names, as containerd knows them: nginx:1.26 is docker.io/library/nginx:1.26. */
export function fullName(image: string): string {
  const tagged = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
  const [first = '', ...rest] = tagged.split('/');
  if (rest.length === 0) return `docker.io/library/${tagged}`;
  return /[.:]|^localhost$/.test(first) ? tagged : `docker.io/${tagged}`;
}

async function pull(
  {tryDocker}: Programs,
  image: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const found = await tryDocker(['image', 'inspect', '--format', '{{.Id}}', image], {signal});
  if (found.exitCode === 0) return;
  progress(`docker pull ${image}`);
  const pulled = await tryDocker(['pull', '--quiet', image], {signal});
  if (pulled.exitCode !== 0)
    throw new ExpectedError('image-missing', {image, detail: lastLine(pulled.stderr)});
}

/** Past k3d, whose import fails where Docker keeps its images in containerd (k3d#1538). */
async function copy(
  {env}: Programs,
  node: string,
  images: string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  progress(`docker save ${images.join(' ')} | docker exec -i ${node} ctr -n k8s.io images import -`);
  const how = {env, extendEnv: false, cancelSignal: signal, reject: false} as const;
  await execa('docker', ['save', ...images], {...how, buffer: false}).pipe(
    'docker',
    ['exec', '-i', node, 'ctr', '-n', 'k8s.io', 'images', 'import', '-'],
    how,
  );
  signal.throwIfAborted();
}
