import type {Taint, Toleration} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {setPodCondition} from '../../pod-conditions.ts';
import {tolerates} from '../../taints.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, keyOf, reconciler} from '../reconciler.ts';
import {byName} from './references.ts';

/**
 * Deletes the Pods of nodes with a NoExecute taint, once they have tolerated it for as long as they say: the
 * taint-eviction-controller.
 */
export const taintEviction: Controller = context => {
  const {registry, clock} = context;
  /** Since when each Pod that will be evicted bears with its node, in milliseconds since the epoch. */
  const bearingSince = evictionsUnderWay(context);
  reconciler(context, {
    name: 'taint-eviction-controller',
    watches: {
      pods: ({object}) => (object.spec?.nodeName === undefined ? [] : [keyOf(object)]),
      nodes: ({object, before}) =>
        object.spec?.taints === before?.spec?.taints ? [] : registry.podsOn(object.metadata.name).map(keyOf),
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const pod = registry.get('pods', namespace, name);
      const patience = pod && patienceOf(pod, taintsOf(context, pod));
      if (!pod || patience === undefined) {
        if (bearingSince.delete(key) && pod && !pod.metadata.deletionTimestamp) cancel(context, pod);
        return undefined;
      }
      const since = bearingSince.get(key) ?? clock.now();
      const left = patience * 1000 - clock.since(since);
      if (left > 0) {
        bearingSince.set(key, since);
        return {after: left};
      }
      bearingSince.delete(key);
      evict(context, pod);
      return undefined;
    },
  });
};

/** Those that a process before this one had begun to wait for. */
function evictionsUnderWay(context: ControlContext): Map<string, number> {
  const pods = context.registry.list('pods').filter(({spec}) => spec?.nodeName !== undefined);
  return new Map(
    pods.flatMap((pod): [string, number][] => {
      const taints = taintsOf(context, pod);
      if (patienceOf(pod, taints) === undefined) return [];
      const added = taints.flatMap(({timeAdded}) => (timeAdded ? [Date.parse(timeAdded)] : []));
      const since = Math.max(Math.min(...added), Date.parse(pod.metadata.creationTimestamp));
      return Number.isFinite(since) ? [[keyOf(pod), since]] : [];
    }),
  );
}

const taintsOf = ({registry}: ControlContext, {spec}: Of<'pods'>): Taint[] =>
  (registry.get('nodes', undefined, spec?.nodeName ?? '')?.spec?.taints ?? []).filter(
    ({effect}) => effect === 'NoExecute',
  );

/** For how many seconds the Pod stays; undefined: it is not to be evicted. */
function patienceOf({metadata, spec}: Of<'pods'>, taints: readonly Taint[]): number | undefined {
  if (taints.length === 0 || metadata.deletionTimestamp) return undefined;
  const used = taints.map(taint => spec?.tolerations?.find(toleration => tolerates(toleration, taint)));
  if (used.includes(undefined)) return 0;
  const limits = used.flatMap(toleration => limitOf(toleration));
  return limits.length > 0 ? Math.min(...limits) : undefined;
}

const limitOf = (toleration: Toleration | undefined) =>
  toleration?.tolerationSeconds === undefined ? [] : [Math.max(0, toleration.tolerationSeconds)];

function evict(context: ControlContext, pod: Of<'pods'>): void {
  const {registry, clock} = context;
  const {namespace, name, uid} = pod.metadata;
  say(context, pod, `Marking for deletion Pod ${namespace}/${name}`);
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
  };
  registry.change('pods', pod, draft => setPodCondition(draft, condition, clock.now()), {
    subresource: 'status',
  });
  registry.delete('pods', namespace, name, {preconditions: {uid}});
}

const cancel = (context: ControlContext, pod: Of<'pods'>) =>
  say(context, pod, `Cancelling deletion of Pod ${keyOf(pod)}`);

function say({recorder}: ControlContext, pod: Of<'pods'>, message: string): void {
  recorder.event(byName(pod), 'Normal', 'TaintManagerEviction', message, {
    component: 'taint-eviction-controller',
  });
}
