import {isExpected} from '../errors.ts';
import {ApiError, type KubeClient} from './client.ts';

/**
 * Would a Pod be admitted that mounts a directory of its node? The server is asked to say so without making it. What it
 * refuses for another reason (a namespace that was just made has no ServiceAccount yet) is no refusal of the directory.
 */
export async function admitsHostPath(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const query = {dryRun: 'All'};
    await client.call({verb: 'create', resource: 'pods', namespace, query, body: asking}, signal);
    return true;
  } catch (error) {
    const refusal = isExpected(error) ? error.cause : error;
    if (!(refusal instanceof ApiError)) throw error;
    // The message names the namespace, and a lab's may be called after its volume.
    return !/hostPath/i.test(refusal.message.replaceAll(namespace, ''));
  }
}

const asking = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {generateName: 'statelab-asks-'},
  spec: {
    containers: [{name: 'asks', image: 'none', volumeMounts: [{name: 'node', mountPath: '/node'}]}],
    volumes: [{name: 'node', hostPath: {path: '/var/lib/statelab'}}],
  },
};
