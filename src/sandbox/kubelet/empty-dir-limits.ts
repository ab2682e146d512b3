import type {Cancel} from '../clock.ts';
import {directorySize} from '../node/directory-size.ts';
import {quantityValue} from '../quantity.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {PodWorker} from './pod-worker.ts';

/** How often a kubelet looks at what volumes use, in milliseconds. */
const period = 10_000;

/** Evicts Pods that put more into an emptyDir than its sizeLimit. Looks only while there is a Pod with such a limit. */
export function watchEmptyDirLimits(
  {clock, report}: KubeletContext,
  workers: () => Iterable<PodWorker>,
): {podAdded(worker: PodWorker): void; stop: Cancel} {
  let cancel: Cancel | undefined;
  let stopped = false;
  const wait = () => {
    if (!stopped) cancel ??= clock.after(period, () => void look().catch(report));
  };
  const look = async () => {
    const limited = [...workers()].filter(hasLimits);
    for (const worker of limited) await evictIfOver(worker);
    cancel = undefined;
    if (limited.length > 0) wait();
  };
  return {
    podAdded(worker) {
      if (hasLimits(worker)) wait();
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

const limitsOf = ({runtime}: PodWorker) =>
  (runtime.pod.spec?.volumes ?? []).flatMap(({name, emptyDir}) =>
    emptyDir?.sizeLimit === undefined ? [] : [{name, limit: emptyDir.sizeLimit}],
  );

const hasLimits = (worker: PodWorker) => limitsOf(worker).length > 0;

async function evictIfOver(worker: PodWorker): Promise<void> {
  for (const {name, limit} of limitsOf(worker)) {
    const mounted = worker.runtime.volumes.get(name);
    if (!mounted || (await directorySize(mounted.hostPath)) <= quantityValue(limit)) continue;
    // The blank at its end is in the real message too.
    worker.evict(`Usage of EmptyDir volume "${name}" exceeds the limit "${limit}". `);
    return;
  }
}
