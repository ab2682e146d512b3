import type {CreateOptions} from '../../engine/ports.ts';
import {ExpectedError, isExpected} from '../../errors.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {ProgramFailed} from '../../kube/program.ts';
import {findCluster, ownerLabel} from './list.ts';
import {type Programs, reasonOf, tellSteps} from './programs.ts';

/** The node image that the labs were proven with. */
export const pinnedImage = 'rancher/k3s:v1.35.4-k3s1';

/** A directory that all nodes share: a Docker volume, made and deleted with the cluster because of its name. */
const sharedVolume = (name: string) => `k3d-${name}-shared`;

/** k3d's own limit: the host names made of it must fit into 63 characters. */
const nameLimit = 32;

/** Makes a cluster, or takes up the one of ours that has this name. */
export async function createCluster(
  programs: Programs,
  name: string,
  options: CreateOptions,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (name.length > nameLimit || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    throw new ExpectedError('cluster-name', {cluster: name, limit: nameLimit});
  const found = await findCluster(programs, name, signal);
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: 'k3d'});
  if (found?.running) return;
  if (found) await startCluster(programs, name, progress, signal);
  else await makeCluster(programs, name, options, progress, signal);
}

/** @throws ExpectedError `cluster-failed` */
async function startCluster(
  {k3d}: Programs,
  name: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await k3d(['cluster', 'start', name, '--timeout', '180s'], {
      signal,
      progress: tellSteps(progress),
    });
  } catch (error) {
    throw clusterFailed(name, 'start', error);
  }
}

async function makeCluster(
  programs: Programs,
  name: string,
  options: CreateOptions,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await programs.k3d(createArguments(name, options, programs.env), {
      signal,
      progress: tellSteps(progress),
    });
  } catch (error) {
    const first = clusterFailed(name, 'create', error);
    // With a signal of its own: the one that came in may be why we are here.
    await deleteCluster(programs, name, AbortSignal.timeout(120_000)).catch(second => {
      throw new ExpectedError(
        'cluster-failed',
        {cluster: name, doing: 'delete', detail: detailOf(second)},
        {
          cause: new AggregateError([first, second], 'create, then delete'),
        },
      );
    });
    signal.throwIfAborted(); // Ctrl-C ends k3d too, which may have been faster to say so
    throw first;
  }
}

function createArguments(name: string, {agents, image}: CreateOptions, env: Programs['env']): string[] {
  const withoutExtras = ['traefik', 'servicelb', 'metrics-server'].map(
    extra => `--k3s-arg=--disable=${extra}@server:*`,
  );
  return [
    ...['cluster', 'create', name, '--servers', '1', '--agents', `${agents}`],
    ...['--image', image ?? env.STATELAB_K3S_IMAGE ?? pinnedImage, '--no-lb', ...withoutExtras],
    ...['--volume', `${sharedVolume(name)}:${sharedMount}@all`],
    ...['--runtime-label', `${ownerLabel}@all`],
    ...['--kubeconfig-update-default=false', '--kubeconfig-switch-context=false', '--timeout', '180s'],
  ];
}

/** Deletes a cluster and what an interrupted creation may have left of one. One that is not there is deleted already. */
export async function deleteCluster(
  {k3d, tryDocker}: Programs,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await k3d(['cluster', 'delete', name], {signal});
  // k3d finds network and volumes through the nodes, so it leaves them where there are no nodes yet.
  await tryDocker(['network', 'rm', `k3d-${name}`], {signal});
  await tryDocker(['volume', 'rm', `k3d-${name}-images`, sharedVolume(name)], {signal});
}

/** An expected error (no Docker, interrupted) says more than that k3d failed. */
export function clusterFailed(cluster: string, doing: string, error: unknown): unknown {
  if (isExpected(error) || !(error instanceof ProgramFailed)) return error;
  return new ExpectedError('cluster-failed', {cluster, doing, detail: detailOf(error)}, {cause: error});
}

function detailOf(error: unknown): string {
  if (error instanceof ProgramFailed) return reasonOf(error.ended.stderr) || error.message;
  return error instanceof Error ? error.message : String(error);
}
