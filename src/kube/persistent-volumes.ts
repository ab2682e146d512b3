import type {Clock} from '../engine/ports.ts';
import {hasStatus, type KubeClient} from './client.ts';
import {gone} from './gone.ts';

const resource = 'persistentvolumes';

/** Deletes it and waits, watching, until it is gone. One that is not there is gone already. */
export async function deleteVolume(
  client: KubeClient,
  clock: Clock,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await unlessGone(client.call({verb: 'delete', resource, name}, signal));
  await gone(client, clock, {resource, name}, signal);
}

/**
 * Waits, watching, until whoever provided the volume has deleted it with its data. That is done for volumes that are
 * released and whose reclaim policy is Delete; a learner may have set another one.
 */
export async function releaseVolume(
  client: KubeClient,
  clock: Clock,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const body = {spec: {persistentVolumeReclaimPolicy: 'Delete'}};
  await unlessGone(client.call({verb: 'patch', resource, name, body}, signal));
  await gone(client, clock, {resource, name}, signal);
}

const unlessGone = (call: Promise<unknown>) =>
  call.catch(error => (hasStatus(error, 404) ? undefined : Promise.reject(error)));
