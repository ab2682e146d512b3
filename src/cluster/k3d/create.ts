import type {CreateOptions} from '../../engine/ports.ts';
import {ExpectedError, isExpected} from '../../errors.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {ProgramFailed} from '../../kube/program.ts';
import {ownerLabel} from '../docker/owner.ts';
import {markUnfinished} from '../docker/unfinished.ts';
import {deleteCluster, sharedVolume} from './delete.ts';
import {findCluster} from './list.ts';
import {type Programs, reasonOf, tellSteps} from './programs.ts';

/** The node image that the labs were proven with. */
export const pinnedImage = 'rancher/k3s:v1.35.4-k3s1';

/** k3d's own limit: the host names made of it must fit into 63 characters. */
const nameLimit = 32;

/**
 * Makes a cluster, or takes up the one of ours that has this name, also where its making was cut short.
 * @param ready waits until it can be worked with
 */
export async function createCluster(
  programs: Programs,
  name: string,
  options: CreateOptions,
  progress: (line: string) => void,
  ready: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (name.length > nameLimit || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    throw new ExpectedError('cluster-name', {cluster: name, limit: nameLimit});
  const found = await findCluster(programs, name, signal);
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: 'k3d'});
  if (found?.running) return;
  const {unfinished} = found ?? {};
  const whole = found && (!unfinished || unfinished.doing === 'start');
  const mark = await markUnfinished(programs, 'k3d', name, whole ? 'start' : 'create', signal);
  try {
    if (whole) {
      const start = () => startCluster(programs, name, progress, signal);
      // A k3d whose statelab was killed goes on for a while, and takes away what this one found there.
      await start().catch(error => (unfinished && !signal.aborted ? start() : Promise.reject(error)));
    } else {
      // Nobody knows how far k3d was, and making it anew takes less time than finding out.
      if (unfinished) await deleteCluster(programs, name, signal);
      await programs.k3d(createArguments(name, options, programs.env), {
        signal,
        progress: tellSteps(progress),
      });
    }
    await ready(signal);
  } catch (error) {
    // What was made or started as a whole may be looked into.
    if (!whole && !isUnready(error)) await giveUp(programs, name, error);
    if (!whole || isUnready(error)) await mark.end();
    signal.throwIfAborted(); // Ctrl-C ends k3d too, which may have been faster to say so
    throw clusterFailed(name, whole ? 'start' : 'create', error);
  }
  await mark.end();
}

const isUnready = (error: unknown) => isExpected(error) && error.code === 'cluster-unready';

const startCluster = ({k3d}: Programs, name: string, progress: (line: string) => void, signal: AbortSignal) =>
  k3d(['cluster', 'start', name, '--timeout', '180s'], {signal, progress: tellSteps(progress)});

/** Removes what was half made. @throws ExpectedError `cluster-failed` when that fails too; the mark stays then */
async function giveUp(programs: Programs, name: string, because: unknown): Promise<void> {
  // With a signal of its own: the one that came in may be why we are here.
  await deleteCluster(programs, name, AbortSignal.timeout(120_000)).catch(second => {
    throw new ExpectedError(
      'cluster-failed',
      {cluster: name, doing: 'delete', detail: detailOf(second)},
      {cause: new AggregateError([because, second], 'create, then delete')},
    );
  });
}

/** What k3d is told, so that a measurement can tell it the same. */
export function createArguments(
  name: string,
  {agents, image}: CreateOptions,
  env: Programs['env'],
): string[] {
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

/** An expected error (no Docker, interrupted) says more than that k3d failed. */
export function clusterFailed(cluster: string, doing: string, error: unknown): unknown {
  if (isExpected(error) || !(error instanceof ProgramFailed)) return error;
  return new ExpectedError('cluster-failed', {cluster, doing, detail: detailOf(error)}, {cause: error});
}

function detailOf(error: unknown): string {
  if (error instanceof ProgramFailed) return reasonOf(error.ended.stderr) || error.message;
  return error instanceof Error ? error.message : String(error);
}
