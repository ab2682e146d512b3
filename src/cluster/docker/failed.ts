import {ExpectedError, isExpected} from '../../errors.ts';
import {type Ended, ProgramFailed, reasonFor} from '../../kube/program.ts';
import type {Maker} from './maker.ts';

/** Finds the line that tells why a program has ended, in what it said; empty when it said nothing. */
export type ReasonOf = (ended: Pick<Ended, 'stdout' | 'stderr'>) => string;

/**
 * Makes of what went wrong with a cluster what a learner is told, as ExpectedError `cluster-failed`: a program that fails,
 * or does not end in time. An expected error (no Docker, interrupted) says more than that, and a bug keeps its stack.
 */
export function clusterFailed(reasonOf: ReasonOf, cluster: string, doing: string, error: unknown): unknown {
  if (!isPrograms(error) && !isTimeout(error)) return error;
  const detail = (isPrograms(error) && reasonOf(error.ended)) || error.message;
  return new ExpectedError('cluster-failed', {cluster, doing, detail}, {cause: error});
}

/** The same where the program fails before it is about a cluster, as ExpectedError `provider-failed`. */
export function makerFailed({id, reasonOf}: Pick<Maker, 'id' | 'reasonOf'>, error: unknown): unknown {
  if (!isPrograms(error)) return error;
  const why = reasonFor(error, reasonOf(error.ended) || error.message);
  return new ExpectedError('provider-failed', {provider: id, ...why}, {cause: error});
}

const isPrograms = (error: unknown): error is ProgramFailed =>
  !isExpected(error) && error instanceof ProgramFailed;

/** The time is over that was given to it; a learner who waits no longer gives another reason. */
const isTimeout = (error: unknown): error is DOMException =>
  error instanceof DOMException && error.name === 'TimeoutError';
