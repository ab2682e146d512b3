import type {ProviderId} from '../engine/ports.ts';
import {ExpectedError} from '../errors.ts';

/** A cluster of ours whose API server does not answer. */
export const unreachable =
  (provider: ProviderId, cluster: string) =>
  (detail: string, options?: ErrorOptions): ExpectedError =>
    new ExpectedError('cluster-unreachable', {provider, cluster, detail}, options);

/** Somebody else's. */
export const contextUnreachable =
  (context: string) =>
  (detail: string, options?: ErrorOptions): ExpectedError =>
    new ExpectedError('context-unreachable', {context, detail}, options);
