import type {Registry} from '../../registry/registry.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {ownersOf} from '../workload/owners.ts';
import {claim} from '../workload/ownership.ts';
import {nextAvailable} from '../workload/pods.ts';
import {cleanUpRevisions, revisionsOf, syncRevision, templateOf} from '../workload/revisions.ts';
import {setClaimOwner, source} from './claims.ts';
import {ordinalOf, revisionOf, type StatefulSet} from './identity.ts';
import {condemned, plan, type Situation} from './plan.ts';
import {statefulSetStatus} from './status.ts';
import {take} from './steps.ts';

/** Gives each StatefulSet its Pods, with the names and claims that stay theirs, in order. */
export const statefulSets: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'statefulset-controller',
    watches: {
      'statefulsets.apps': itself,
      pods: change => ownersOf(registry, 'statefulsets.apps', change),
      persistentvolumeclaims: ({type, object}) =>
        type === 'DELETED' ? setsWithClaim(registry, object.metadata.namespace, object.metadata.name) : [],
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const set = registry.get('statefulsets.apps', namespace, name);
      if (set) return reconcile(context, set);
    },
  });
};

/** A Pod may wait for a claim of its name to be gone for good. */
const setsWithClaim = (registry: Registry, namespace: string | undefined, claim: string) =>
  registry
    .list('statefulsets.apps', namespace)
    .filter(({metadata, spec}) =>
      spec?.volumeClaimTemplates?.some(one => claim.startsWith(`${one.metadata?.name}-${metadata.name}-`)),
    )
    .map(keyOf);

function reconcile(context: ControlContext, set: StatefulSet): LookAgain | undefined {
  const {registry, clock} = context;
  const pods = claim(registry, 'pods', set, set.spec?.selector, pod => ordinalOf(set, pod) !== undefined);
  if (set.metadata.deletionTimestamp) return;
  const before = revisionsOf(registry, set);
  const update = syncRevision(registry, set, before, 'controller.kubernetes.io/hash');
  const current = before.find(({metadata}) => metadata.name === set.status?.currentRevision) ?? update;
  const situation = {
    set,
    pods,
    currentRevision: current.metadata.name,
    updateRevision: update.metadata.name,
  };
  const templates = new Map([current, update].map(one => [one.metadata.name, templateOf(one)]));
  const steps = plan(situation, clock);
  writeStatus(context, situation, statefulSetStatus(situation, steps, clock));
  settleClaims(context, situation);
  for (const step of steps) take(context, set, step, revision => templates.get(revision) ?? {});
  const used = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOf)]);
  cleanUpRevisions(registry, set, before, ({metadata}) => used.has(metadata.name));
  return nextAvailable(pods, set.spec?.minReadySeconds ?? 0, clock);
}

function writeStatus({registry}: ControlContext, {set}: Situation, status: StatefulSet['status']) {
  registry.change(
    'statefulsets.apps',
    set,
    draft => {
      if (status) draft.status = status;
    },
    {subresource: 'status'},
  );
}

/** Before a Pod goes, its claims know whether they are to go with it. Of a Pod that stays, this is told as an update. */
function settleClaims({registry, recorder}: ControlContext, situation: Situation) {
  const {set, pods} = situation;
  const surplus = new Set(condemned(situation));
  for (const pod of pods) {
    const changed = setClaimOwner(registry, set, pod, ordinalOf(set, pod) ?? 0, surplus.has(pod));
    if (!changed || surplus.has(pod)) continue;
    const message = `Update Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
    recorder.event(set, 'Normal', 'SuccessfulUpdate', message, source);
  }
}
