import {ExpectedError} from '../../errors.ts';
import {clusterFailed} from '../docker/failed.ts';
import {copy, lacking, pull} from '../docker/images.ts';
import {reasonOf} from './events.ts';
import type {Programs} from './programs.ts';

export interface ImagesOptions {
  cluster: string;
  /** Those that run. */
  nodes: readonly string[];
  /** Of the profile. */
  runtime: string | undefined;
}

/**
 * Brings images to the nodes, through the host's Docker: each is pulled once. Into containerd they go past minikube, only
 * those that a node lacks and to all nodes at a time: minikube takes one node after the other, and twice as long.
 * @throws ExpectedError `image-missing`, `cluster-failed`
 */
export async function loadImages(
  programs: Programs,
  {cluster, nodes, runtime}: ImagesOptions,
  images: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (runtime !== 'containerd') return load(programs, cluster, images, progress, signal);
  const wanted = await lacking(programs, nodes, images, signal);
  for (const image of wanted) await pull(programs, image, progress, signal);
  if (wanted.length > 0) await Promise.all(nodes.map(node => copy(programs, node, wanted, progress, signal)));
  const left = await lacking(programs, nodes, wanted, signal);
  await load(programs, cluster, left, progress, signal);
  const missing = await lacking(programs, nodes, left, signal);
  if (missing.length > 0)
    throw new ExpectedError('cluster-failed', {cluster, doing: 'load images', detail: missing.join(', ')});
}

async function load(
  programs: Programs,
  cluster: string,
  images: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const image of images) {
    await pull(programs, image, progress, signal);
    progress(`minikube image load ${image}`);
    await programs.minikube(['image', 'load', image, '--profile', cluster], {signal}).catch(error => {
      throw clusterFailed(reasonOf, cluster, 'load images', error);
    });
  }
}
