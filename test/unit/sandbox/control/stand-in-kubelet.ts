import type {Controller} from '../../../../src/sandbox/control/controller.ts';
import {fromKey, itself, reconciler} from '../../../../src/sandbox/control/reconciler.ts';
import type {Of} from '../../../../src/sandbox/objects.ts';
import {timestamp} from '../../../../src/sandbox/timestamps.ts';

/**
 * In the place of scheduler and kubelets: gives each Pod a node and an address, makes it Running and Ready a second
 * after, and ends it a second after its deletion.
 * @param isBroken a Pod whose containers never get ready
 */
export const standInKubelet =
  (isBroken: (pod: Of<'pods'>) => boolean = () => false): Controller =>
  context => {
    const {registry, clock} = context;
    let address = 1;
    reconciler(context, {
      name: 'stand-in-kubelet',
      watches: {pods: itself},
      reconcile(key) {
        const {namespace, name} = fromKey(key);
        const pod = registry.get('pods', namespace, name);
        if (!pod || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return;
        const {deletionTimestamp, creationTimestamp, deletionGracePeriodSeconds = 0} = pod.metadata;
        if (deletionTimestamp) {
          const since = Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
          if (clock.since(since) < 1000) return {after: 1000 - clock.since(since)};
          registry.delete('pods', namespace, name, {gracePeriodSeconds: 0});
          return;
        }
        if (!pod.spec?.nodeName)
          registry.change(
            'pods',
            pod,
            ({spec}) => {
              if (spec) spec.nodeName = 'agent-0';
            },
            {subresource: 'binding'},
          );
        const left = 1000 - clock.since(Date.parse(creationTimestamp));
        if (left > 0) return {after: left};
        if (pod.status?.podIP) return;
        const ready = !isBroken(pod);
        address += 1;
        registry.change(
          'pods',
          pod,
          draft => {
            const at = {lastTransitionTime: timestamp(clock.now())};
            draft.status = {
              ...draft.status,
              phase: 'Running',
              podIP: `10.42.0.${address}`,
              conditions: [{type: 'Ready', status: ready ? 'True' : 'False', ...at}],
            };
          },
          {subresource: 'status'},
        );
      },
    });
  };
