import type {CreateOptions} from '../../engine/ports.ts';
import {ExpectedError, isExpected} from '../../errors.ts';
import {clusterFailed} from './failed.ts';
import type {Maker} from './maker.ts';
import {type Mark, markUnfinished} from './unfinished.ts';

/** k3d's own limit: host names are made of it. minikube has none of its own, and names its nodes in the same way. */
const nameLimit = 32;

/**
 * Makes a cluster, or takes up the one of ours that has this name, also where its making was cut short.
 * @param ready waits until it can be worked with
 * @throws ExpectedError `cluster-name`, `cluster-taken`, `cluster-busy`, `cluster-failed`, `cluster-unready`
 */
export async function createCluster(
  maker: Maker,
  cluster: string,
  options: CreateOptions,
  progress: (line: string) => void,
  ready: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (cluster.length > nameLimit || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(cluster))
    throw new ExpectedError('cluster-name', {cluster, limit: nameLimit});
  const found = await maker.find(cluster, signal);
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster, provider: maker.id});
  const {unfinished} = found ?? {};
  const whole = found && (!unfinished || unfinished.doing === 'start');
  const doing = whole ? 'start' : 'create';
  const told = (error: unknown) => {
    throw clusterFailed(maker.reasonOf, cluster, doing, error);
  };
  if (found?.running) return ready(signal).catch(told);
  const mark = await markUnfinished(maker.docker, maker.id, cluster, doing, signal).catch(told);
  try {
    if (whole) {
      const start = () => maker.start(cluster, progress, signal);
      // A program whose statelab was killed goes on for a while, and takes away what this one found there.
      await start().catch(error => (unfinished && !signal.aborted ? start() : Promise.reject(error)));
    } else {
      // Nobody knows how far it was, and making it anew takes less time than finding out.
      if (unfinished) await maker.delete(cluster, signal);
      await maker.make(cluster, options, progress, signal);
    }
    await ready(signal);
  } catch (error) {
    // What was made or started as a whole may be looked into. A mark that cannot be removed has the next one go on.
    if (isUnready(error)) await mark.end().catch(() => {});
    else if (!whole) await giveUp(maker, cluster, mark, error);
    signal.throwIfAborted(); // Ctrl-C ends the program too, which may have been faster to say so
    return told(error);
  }
  await mark.end().catch(told);
}

const isUnready = (error: unknown) => isExpected(error) && error.code === 'cluster-unready';

/**
 * Removes what was half made, and the mark; but not what another process has taken over, or Docker does not tell whose it is.
 * @throws ExpectedError `cluster-failed` when that fails too; the mark stays then
 */
async function giveUp(maker: Maker, cluster: string, mark: Mark, because: unknown): Promise<void> {
  if (!(await mark.holds().catch(() => false))) return;
  // With a signal of its own: the one that came in may be why we are here.
  await maker.delete(cluster, AbortSignal.timeout(120_000)).catch(second => {
    const failed = clusterFailed(maker.reasonOf, cluster, 'delete', second);
    const detail = failed instanceof Error ? detailOf(failed) : String(failed);
    throw new ExpectedError(
      'cluster-failed',
      {cluster, doing: 'delete', detail},
      {cause: new AggregateError([because, second], 'create, then delete')},
    );
  });
  await mark.end().catch(() => {});
}

const detailOf = (error: Error): string =>
  isExpected(error) && 'detail' in error.facts ? `${error.facts.detail}` : error.message;
