import type {ClusterApi} from '../engine/ports.ts';
import type {ExpectedError} from '../errors.ts';
import {hasStatus, isUnreachable} from '../kube/client.ts';

type Ask = (...given: never[]) => Promise<unknown>;

/**
 * The API of a cluster, where it is no bug that nobody answers: containers run long before what is in them, as after a
 * reboot, and networks go away.
 * @param silent what each of its functions throws then; told what the network or the server has said
 */
export function toldApi(
  api: ClusterApi,
  silent: (detail: string, options: ErrorOptions) => ExpectedError,
): ClusterApi {
  const told = Object.entries(api).map(([name, ask]: [string, Ask]) => [
    name,
    (...given: never[]) =>
      ask(...given).catch(error => {
        if (!isSilent(error) || isGivenUp(given)) throw error;
        throw silent(error.message || `${(error as NodeJS.ErrnoException).code}`, {cause: error});
      }),
  ]);
  return Object.fromEntries(told) as ClusterApi;
}

/** Whoever asked waits no longer: that is no fault of the cluster's. */
const isGivenUp = (given: readonly unknown[]) => given.some(one => one instanceof AbortSignal && one.aborted);

/** What an API server says that is about to start or to stop: it does not know yet who asks, or cannot serve. */
const unserved = [401, 502, 503, 504];

const isSilent = (error: unknown): error is Error =>
  isUnreachable(error) || unserved.some(status => hasStatus(error, status));
