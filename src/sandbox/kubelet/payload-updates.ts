import type {Cancel} from '../clock.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {PodWorker} from './pod-worker.ts';

/**
 * How long after a change of a ConfigMap or Secret the volumes made of it follow, in milliseconds. A real kubelet does
 * so when it next looks at the Pod, which it does once a minute: half of that on average.
 */
const delay = 30_000;

/** Brings volumes up to date with the ConfigMaps, Secrets and Pod fields they are made of. */
export function followPayloads(
  {registry, clock}: KubeletContext,
  workers: () => Iterable<PodWorker>,
): {podChanged(worker: PodWorker): void; stop: Cancel} {
  const outdated = new Set<PodWorker>();
  let cancel: Cancel | undefined;
  const note = (worker: PodWorker) => {
    outdated.add(worker);
    cancel ??= clock.after(delay, () => {
      cancel = undefined;
      for (const one of outdated) one.refreshVolumes();
      outdated.clear();
    });
  };
  const follow = (resource: 'configmaps' | 'secrets') =>
    registry.subscribe(resource, ({object: {metadata}}) => {
      for (const worker of workers()) {
        const {namespace} = worker.runtime.pod.metadata;
        if (namespace === metadata.namespace && usedBy(worker, resource).includes(metadata.name))
          note(worker);
      }
    });
  const cancels = [follow('configmaps'), follow('secrets')];
  return {
    podChanged(worker) {
      if (hasPodFields(worker)) note(worker);
    },
    stop() {
      cancel?.();
      for (const one of cancels) one();
    },
  };
}

/** The names of the ConfigMaps or Secrets in a Pod's volumes. */
const usedBy = ({runtime}: PodWorker, resource: 'configmaps' | 'secrets'): string[] =>
  (runtime.pod.spec?.volumes ?? []).flatMap(({configMap, secret, projected}) => {
    const names =
      resource === 'configmaps'
        ? [configMap?.name, ...(projected?.sources ?? []).map(source => source.configMap?.name)]
        : [secret?.secretName, ...(projected?.sources ?? []).map(source => source.secret?.name)];
    return names.filter(name => name !== undefined);
  });

/** Its labels and annotations may change while it runs; its namespace, which every Pod's token volume holds, may not. */
const hasPodFields = ({runtime}: PodWorker) =>
  (runtime.pod.spec?.volumes ?? []).some(({downwardAPI, projected}) =>
    [downwardAPI, ...(projected?.sources ?? []).map(source => source.downwardAPI)].some(source =>
      source?.items?.some(({fieldRef}) => /^metadata\.(labels|annotations)/.test(fieldRef?.fieldPath ?? '')),
    ),
  );
