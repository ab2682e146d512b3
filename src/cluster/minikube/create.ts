import type {CreateOptions} from '../../engine/ports.ts';
import {ExpectedError, isExpected} from '../../errors.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {ProgramFailed} from '../../kube/program.ts';
import {ownerLabel} from '../docker/owner.ts';
import {markUnfinished} from '../docker/unfinished.ts';
import {deleteCluster, profileLabel, sharedVolume} from './delete.ts';
import {reasonOf, tellSteps} from './events.ts';
import {findCluster} from './list.ts';
import type {Programs} from './programs.ts';
import {defaultFlags} from './wishes.ts';

/** The names of containers and of Node objects are made of it. */
const nameLimit = 32;

/**
 * Makes a profile, or takes up the one of ours that has this name, also where its making was cut short.
 * @param ready waits until it can be worked with: when minikube is done, the newest node is not Ready for some seconds
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
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: 'minikube'});
  if (found?.running) return;
  const {unfinished} = found ?? {};
  const whole = found && (!unfinished || unfinished.doing === 'start');
  const doing = whole ? 'start' : 'create';
  const mark = await markUnfinished(programs, 'minikube', name, doing, signal);
  try {
    if (!whole) {
      // Nobody knows how far minikube was.
      if (unfinished) await deleteCluster(programs, name, signal);
      await makeVolume(programs, name, signal);
    }
    const how = whole ? [] : await creationFlags(programs, name, options, signal);
    await start(programs, name, how, progress, signal);
    await ready(signal);
  } catch (error) {
    // What was made or started as a whole may be looked into.
    if (!whole && !isUnready(error)) await giveUp(programs, name, error);
    if (!whole || isUnready(error)) await mark.end();
    signal.throwIfAborted(); // Ctrl-C ends minikube too, which may have been faster to say so
    throw clusterFailed(name, doing, error);
  }
  await mark.end();
}

const isUnready = (error: unknown) => isExpected(error) && error.code === 'cluster-unready';

async function makeVolume({docker}: Programs, name: string, signal: AbortSignal): Promise<void> {
  const labels = [ownerLabel, profileLabel(name)].flatMap(label => ['--label', label]);
  await docker(['volume', 'create', ...labels, sharedVolume(name)], {signal});
}

const start = (
  {minikube, flags}: Programs,
  name: string,
  how: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
) =>
  // Ours are containers: on the volume that they share, and on being containers, all the rest is built.
  minikube(
    [
      ...['start', '--profile', name, '--driver', 'docker', '--interactive=false', '--output', 'json'],
      ...how,
      ...flags,
    ],
    {signal, progress: tellSteps(progress)},
  );

const creationFlags = async (
  programs: Programs,
  name: string,
  {agents}: CreateOptions,
  signal: AbortSignal,
): Promise<string[]> => [
  ...['--nodes', `${agents + 1}`, '--mount', '--mount-string', `${sharedVolume(name)}:${sharedMount}`],
  ...(await defaultFlags(programs, signal)),
];

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

/** An expected error (no Docker, interrupted) says more than that minikube failed. */
export function clusterFailed(cluster: string, doing: string, error: unknown): unknown {
  if (isExpected(error) || !(error instanceof ProgramFailed)) return error;
  return new ExpectedError('cluster-failed', {cluster, doing, detail: detailOf(error)}, {cause: error});
}

function detailOf(error: unknown): string {
  if (error instanceof ProgramFailed) return reasonOf(error.ended) || error.message;
  return error instanceof Error ? error.message : String(error);
}
