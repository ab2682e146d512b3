import type {Clock} from '../engine/ports.ts';
import {isReady} from '../world/node.ts';
import type {KubeClient} from './client.ts';
import {observe} from './observe.ts';

/** Waits, watching, until the node is registered and Ready; for as long as the signal lets it. */
export async function nodeReady(
  client: KubeClient,
  clock: Clock,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const scope = {resource: 'nodes', fields: `metadata.name=${name}`};
  for await (const sight of observe(client, clock, scope, signal)) {
    const nodes = sight.type === 'listed' ? sight.objects : sight.type === 'put' ? [sight.object] : [];
    if (nodes.some(isReady)) return;
  }
  signal.throwIfAborted();
}
