import {hasStatus, type KubeClient} from './client.ts';
import {list} from './list.ts';

/**
 * Deletes the Pods of a namespace that are on other nodes than these, which answer, without waiting for their node to
 * say that their containers have ended: it never would, and the Pods would keep the namespace for ever.
 */
export async function abandonPods(
  client: KubeClient,
  namespace: string,
  answering: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const {objects} = await list(client, {resource: 'pods', namespace}, signal);
  for (const {metadata, spec} of objects) {
    const {nodeName} = (spec ?? {}) as {nodeName?: string};
    if (nodeName === undefined || answering.includes(nodeName)) continue;
    const {name} = metadata;
    const body = {gracePeriodSeconds: 0};
    await client
      .call({verb: 'delete', resource: 'pods', namespace, name, body}, signal)
      .catch(error => (hasStatus(error, 404) ? undefined : Promise.reject(error)));
  }
}
