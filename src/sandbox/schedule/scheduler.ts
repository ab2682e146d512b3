import type {Controller} from '../control/controller.ts';
import {type Outcome, workQueue} from '../control/work-queue.ts';
import type {Kinds} from '../objects.ts';
import type {Change} from '../registry/registry.ts';
import {clusterState} from './cluster-state.ts';
import {finishVolumes} from './finish-volumes.ts';
import {noteChange} from './note-change.ts';
import {scheduleNext} from './schedule-next.ts';
import type {Scheduling} from './scheduling.ts';
import {longestRejection, waitingPods} from './waiting-pods.ts';

/** The default scheduler: gives each Pod without a node the one that fits best, as soon as one fits. */
export const scheduler: Controller = context => {
  const {registry, clock, signal} = context;
  const scheduling: Scheduling = {
    context,
    cluster: clusterState(registry),
    waiting: waitingPods(clock),
    assumed: new Map(),
  };
  const {waiting} = scheduling;
  const queue = workQueue(context, 'default-scheduler', key => {
    if (key !== waitingPodsTurn) return finishVolumes(scheduling, key);
    const outcome = scheduleSome(scheduling);
    for (const assumed of scheduling.assumed.keys()) queue.add(assumed);
    wakeUp();
    return outcome;
  });
  const wakeUp = () => {
    if (waiting.ready > 0) queue.add(waitingPodsTurn);
  };
  const note = (change: Change) => {
    for (const key of noteChange(scheduling, change)) queue.add(key);
    wakeUp();
  };
  for (const resource of watched)
    for (const object of registry.list(resource))
      note({type: 'ADDED', resource, object, version: registry.version} as Change);
  const cancels = watched.map(resource => registry.subscribe(resource, change => note(change as Change)));
  signal.addEventListener('abort', () => {
    for (const cancel of cancels) cancel();
  });
};

/** Nodes first: a Pod's node is known when the Pod is told of. */
const watched = [
  'nodes',
  'pods',
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses.storage.k8s.io',
] as const satisfies (keyof Kinds)[];

/** The queue's key for the Pods that wait for a node; any other is that of a Pod that waits for its volumes. */
const waitingPodsTurn = '';
/** So that many new Pods at once do not keep everybody else from their turn. */
const attemptsPerTurn = 50;

function scheduleSome(scheduling: Scheduling): Outcome {
  const {waiting} = scheduling;
  waiting.reconsiderOldest();
  for (let attempts = 0; attempts < attemptsPerTurn && waiting.ready > 0; attempts++)
    scheduleNext(scheduling);
  return waiting.rejected > 0 ? {after: longestRejection} : undefined;
}
