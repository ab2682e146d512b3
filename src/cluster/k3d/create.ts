import type {CreateOptions} from '../../engine/ports.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {ownerLabel} from '../docker/owner.ts';
import {sharedVolume} from './delete.ts';
import type {Programs} from './programs.ts';

/** The node image that the labs were proven with. */
export const pinnedImage = 'rancher/k3s:v1.35.4-k3s1';

/** What k3d is told, so that a measurement can tell it the same. */
export function createArguments(
  cluster: string,
  {agents, image}: CreateOptions,
  env: Programs['env'],
): string[] {
  const withoutExtras = ['traefik', 'servicelb', 'metrics-server'].map(
    extra => `--k3s-arg=--disable=${extra}@server:*`,
  );
  return [
    ...['cluster', 'create', cluster, '--servers', '1', '--agents', `${agents}`],
    ...['--image', image ?? (env.STATELAB_K3S_IMAGE || pinnedImage), '--no-lb', ...withoutExtras],
    ...['--volume', `${sharedVolume(cluster)}:${sharedMount}@all`],
    ...['--runtime-label', `${ownerLabel}@all`],
    ...['--kubeconfig-update-default=false', '--kubeconfig-switch-context=false', '--timeout', '180s'],
  ];
}
