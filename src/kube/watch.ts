import type {Clock, ClusterWatch} from '../engine/ports.ts';
import type {WatchTarget, WorldChange} from '../world/change.ts';
import type {KubeClient} from './client.ts';
import {observe} from './observe.ts';

/** One watch per target, side by side. When one cannot go on (or `tell` throws), all end and that error is given. */
export const clusterWatch = (client: KubeClient, clock: Clock): ClusterWatch => ({
  async watch(targets, tell, signal) {
    const failed = new AbortController();
    const watchOne = (target: WatchTarget) => {
      const either = AbortSignal.any([signal, failed.signal]);
      return watchTarget(client, clock, target, tell, either).catch(error => failed.abort({error}));
    };
    await Promise.all(targets.map(watchOne));
    if (failed.signal.aborted) throw (failed.signal.reason as {error: unknown}).error;
  },
});

async function watchTarget(
  client: KubeClient,
  clock: Clock,
  watch: WatchTarget,
  tell: (change: WorldChange) => void,
  signal: AbortSignal,
): Promise<void> {
  const scope = {resource: watch.kind, namespace: watch.namespace};
  for await (const sight of observe(client, clock, scope, signal)) {
    if (signal.aborted) return;
    tell({...sight, watch} as WorldChange);
  }
}
