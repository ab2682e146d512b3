import {ExpectedError, isExpected} from '../../errors.ts';
import {type Ended, ProgramFailed, reasonFor} from '../../kube/program.ts';
import type {MakerId} from './maker.ts';

/** Finds the line that tells why a program has ended, in what it said; empty when it said nothing. */
export type ReasonOf = (ended: Pick<Ended, 'stdout' | 'stderr'>) => string;

/** Makes of what went wrong with a cluster what a learner is told. */
export type ClusterFailed = (cluster: string, doing: string, error: unknown) => unknown;

/** An expected error (no Docker, interrupted) says more than that the program failed, and a bug keeps its stack. */
export const clusterFailed =
  (reasonOf: ReasonOf): ClusterFailed =>
  (cluster, doing, error) => {
    if (isExpected(error) || !(error instanceof ProgramFailed)) return error;
    const detail = reasonOf(error.ended) || error.message;
    return new ExpectedError('cluster-failed', {cluster, doing, detail}, {cause: error});
  };

/** The same where the program fails before it is about a cluster. */
export const programFailed =
  (provider: MakerId, reasonOf: ReasonOf) =>
  (error: unknown): unknown => {
    if (isExpected(error) || !(error instanceof ProgramFailed)) return error;
    const why = reasonFor(error, reasonOf(error.ended) || error.message);
    return new ExpectedError('provider-failed', {provider, ...why}, {cause: error});
  };
