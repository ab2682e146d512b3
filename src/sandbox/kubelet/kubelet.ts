import type {Of} from '../objects.ts';
import type {Change} from '../registry/registry.ts';
import {watchEmptyDirLimits} from './empty-dir-limits.ts';
import type {KubeletContext} from './kubelet-context.ts';
import {followPayloads} from './payload-updates.ts';
import {podAddresses} from './pod-addresses.ts';
import {newRecords} from './pod-runtime.ts';
import {type PodWorker, startPodWorker} from './pod-worker.ts';
import {recoverRecords} from './recover-pod.ts';
import {relister} from './relister.ts';
import {removeLeftovers} from './remove-leftovers.ts';
import {wantsSync} from './wants-sync.ts';

/** One node's kubelet, from the node's start to its end. */
export interface Kubelet {
  /** A Pod of this node was made, changed or removed. */
  podChanged(change: Change<'pods'>): void;
  worker(uid: string): PodWorker | undefined;
  /** All its Pods' containers die at once. */
  crash(): Promise<void>;
}

/**
 * Starts the kubelet of a node that was just switched on: clears away what belongs to Pods that are gone, and looks
 * after all Pods of the node, as after a reboot.
 */
export async function startKubelet(context: KubeletContext): Promise<Kubelet> {
  const {registry, clock, machine} = context;
  const workers = new Map<string, PodWorker>();
  const relists = relister(clock);
  const limits = watchEmptyDirLimits(context, () => workers.values());
  const payloads = followPayloads(context, () => workers.values());
  const addresses = podAddresses(() => podCidr(context));

  const add = (pod: Of<'pods'>, records = newRecords(pod)) => {
    const {uid} = pod.metadata;
    const worker = startPodWorker({
      context,
      addresses,
      pod,
      records,
      relist: relists.add,
      gone: () => workers.delete(uid),
    });
    workers.set(uid, worker);
    limits.podAdded(worker);
  };
  await removeLeftovers(context);
  for (const pod of registry.podsOn(machine.name)) add(pod, recoverRecords(pod, clock.now()));
  return {
    podChanged(change) {
      const worker = workers.get(change.object.metadata.uid);
      if (worker) {
        if (!wantsSync(change)) return;
        worker.poke();
        payloads.podChanged(worker);
      } else if (change.type !== 'DELETED') {
        add(change.object);
      }
    },
    worker: uid => workers.get(uid),
    async crash() {
      relists.stop();
      limits.stop();
      payloads.stop();
      await Promise.all([...workers.values()].map(worker => worker.crash()));
    },
  };
}

/** A node gets its range when it registers; no Pod comes to it before. */
function podCidr({registry, machine}: KubeletContext): string {
  const cidr = registry.get('nodes', undefined, machine.name)?.spec?.podCIDR;
  if (cidr === undefined) throw new Error(`node ${machine.name} has no range of Pod addresses`);
  return cidr;
}
