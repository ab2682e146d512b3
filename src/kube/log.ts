import type {LookAnswer, LookRequest} from '../engine/ports.ts';
import {hasStatus, type KubeClient} from './client.ts';

export type LogRequest = Omit<Extract<LookRequest, {type: 'log'}>, 'type'>;

/** Reads a Pod's log. No such Pod, no log yet and no previous container are answers. */
export async function readLog(
  client: KubeClient,
  {pod, container, previous, tailLines}: LogRequest,
  signal: AbortSignal,
): Promise<LookAnswer> {
  const {name, namespace} = pod;
  const query = {container, previous, tailLines};
  try {
    const text = await client.read(
      {verb: 'get', resource: 'pods', namespace, name, subresource: 'log', query},
      signal,
    );
    return {object: name, ok: !cleanedUp.test(text), text};
  } catch (error) {
    if (hasStatus(error, 400) || hasStatus(error, 404)) return {object: name, ok: false, text: error.message};
    throw error;
  }
}

/** What a kubelet gives as the log, with a 200, when it has removed the container in the meantime. */
const cleanedUp = /^unable to retrieve container logs for \S+$/;
