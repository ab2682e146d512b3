import type {Change} from '../../registry/registry.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {createPod, deletePod} from '../workload/create-pods.ts';
import {ownersOf} from '../workload/owners.ts';
import {claim} from '../workload/ownership.ts';
import {nextAvailable, type Pod} from '../workload/pods.ts';
import {cleanUpRevisions, revisionsOf, syncRevision} from '../workload/revisions.ts';
import {podFromTemplate} from '../workload/template.ts';
import {affinityTo, withDaemonTolerations} from './placement.ts';
import {type DaemonSet, placesOf, plan, revisionLabel} from './plan.ts';
import {daemonSetStatus} from './status.ts';

/** Runs one Pod of each DaemonSet on every node that fits. */
export const daemonSets: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: component,
    watches: {
      'daemonsets.apps': itself,
      pods: change => ownersOf(registry, 'daemonsets.apps', change),
      nodes: change => (isRelevant(change) ? registry.list('daemonsets.apps').map(keyOf) : []),
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const set = registry.get('daemonsets.apps', namespace, name);
      if (set && !set.metadata.deletionTimestamp) return reconcile(context, set);
    },
  });
};

const component = 'daemonset-controller';

/** A node's heartbeat moves no daemon. */
const isRelevant = ({type, object, before}: Change<'nodes'>) =>
  type !== 'MODIFIED' ||
  object.metadata.labels !== before?.metadata.labels ||
  object.spec?.taints !== before?.spec?.taints;

function reconcile(context: ControlContext, set: DaemonSet): LookAgain | undefined {
  const {registry, clock} = context;
  const revisions = revisionsOf(registry, set);
  const current = syncRevision(registry, set, revisions, revisionLabel);
  const hash = current.metadata.labels?.[revisionLabel] ?? '';
  const pods = claim(registry, 'pods', set, set.spec?.selector);
  const places = placesOf(set, registry.list('nodes'), pods);
  const {create, finished, delete: surplus} = plan(set, places, hash, clock);
  registry.change(
    'daemonsets.apps',
    set,
    draft => {
      draft.status = daemonSetStatus(set, places, hash, clock);
    },
    {subresource: 'status'},
  );
  for (const {pod, node} of finished) noteFinished(context, set, pod, node);
  for (const pod of [...finished.map(({pod}) => pod), ...surplus]) deletePod(context, set, pod, component);
  for (const node of create) createPod(context, set, daemonFor(set, node, hash), component);
  const used = new Set([hash, ...pods.map(({metadata}) => metadata.labels?.[revisionLabel])]);
  cleanUpRevisions(registry, set, revisions, ({metadata}) => used.has(metadata.labels?.[revisionLabel]));
  return nextAvailable(pods, set.spec?.minReadySeconds ?? 0, clock);
}

function noteFinished({recorder}: ControlContext, set: DaemonSet, {metadata, status}: Pod, node: string) {
  const about = `daemon pod ${metadata.namespace}/${metadata.name} on node ${node}, will try to`;
  if (status?.phase === 'Failed')
    recorder.event(set, 'Warning', 'FailedDaemonPod', `Found failed ${about} kill it`, {component});
  else recorder.event(set, 'Normal', 'SucceededDaemonPod', `Found succeeded ${about} delete it`, {component});
}

function daemonFor(set: DaemonSet, node: string, hash: string) {
  const template = set.spec?.template ?? {};
  const {metadata, spec, ...pod} = podFromTemplate(template, set);
  const generation = set.metadata.annotations?.['deprecated.daemonset.template.generation'];
  const labels = {
    ...template.metadata?.labels,
    [revisionLabel]: hash,
    ...(generation !== undefined && {'pod-template-generation': generation}),
  };
  return {
    ...pod,
    metadata: {...metadata, generateName: `${set.metadata.name}-`, labels},
    spec: {...spec, affinity: affinityTo(node, template), tolerations: withDaemonTolerations(template)},
  };
}
