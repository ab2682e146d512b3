import type {Clock} from '../engine/ports.ts';
import type {KubeClient} from './client.ts';
import {observe} from './observe.ts';

/** Waits, watching, until there is no object of that name; for as long as the signal lets it. */
export async function gone(
  client: KubeClient,
  clock: Clock,
  what: {resource: string; namespace?: string; name: string},
  signal: AbortSignal,
): Promise<void> {
  const {name, ...where} = what;
  for await (const sight of observe(client, clock, {...where, fields: `metadata.name=${name}`}, signal)) {
    if (sight.type === 'deleted' || (sight.type === 'listed' && sight.objects.length === 0)) return;
  }
  signal.throwIfAborted();
}
