import type {Access} from '../engine/ports.ts';
import {isExpected} from '../errors.ts';
import {hasStatus, type KubeClient} from './client.ts';

/** Asks the server whether its user may do something; everybody may ask that. */
export async function may(
  client: KubeClient,
  {verb, resource: kind, subresource, namespace}: Access,
  signal: AbortSignal,
): Promise<boolean> {
  const [resource = '', ...group] = kind.split('.');
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: {resourceAttributes: {verb, group: group.join('.'), resource, subresource, namespace}},
  };
  const review = await client.call(
    {verb: 'create', resource: 'selfsubjectaccessreviews.authorization.k8s.io', body},
    signal,
  );
  return (review.status as {allowed?: boolean} | undefined)?.allowed === true;
}

/** Who the server takes its user for, such as system:serviceaccount:team:ada; undefined where it does not tell. */
export async function userOf(client: KubeClient, signal: AbortSignal): Promise<string | undefined> {
  const body = {apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'};
  try {
    const review = await client.call(
      {verb: 'create', resource: 'selfsubjectreviews.authentication.k8s.io', body},
      signal,
    );
    return (review.status as {userInfo?: {username?: string}} | undefined)?.userInfo?.username;
  } catch (error) {
    // Before 1.28 it was not served as v1; and it may have been forbidden.
    if (hasStatus(error, 404) || (isExpected(error) && error.code === 'forbidden')) return undefined;
    throw error;
  }
}
