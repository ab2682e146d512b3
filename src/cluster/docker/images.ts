import {execa} from 'execa';
import {ExpectedError} from '../../errors.ts';
import {lastLine} from '../../kube/program.ts';
import type {Docker} from './programs.ts';

// Images on nodes that are containers, with containerd inside.

/** Those of the images that at least one node does not have. */
export async function lacking(
  {docker}: Docker,
  nodes: readonly string[],
  images: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  if (images.length === 0) return [];
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

/** Brings an image to this machine, where it is not there yet. @throws ExpectedError `image-missing` */
export async function pull(
  {tryDocker}: Docker,
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

/** Brings images from this machine to a node. Whether they came is for the caller to look. */
export async function copy(
  {env}: Docker,
  node: string,
  images: readonly string[],
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
