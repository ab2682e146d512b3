import {ExpectedError} from '../../errors.ts';
import {clusterFailed} from '../docker/failed.ts';
import {copy, lacking, pull} from '../docker/images.ts';
import {type Programs, reasonOf, tellSteps} from './programs.ts';

/**
 * Brings images to the nodes, through the host's Docker: each is pulled once, and only when a node lacks it. It goes past
 * k3d where its import fails, as it does where Docker keeps its images in containerd (k3d#1538).
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
      error => clusterFailed(reasonOf, cluster, 'load images', error),
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
