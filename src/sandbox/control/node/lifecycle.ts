import type {NodeCondition} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Change} from '../../registry/registry.ts';
import {timestamp} from '../../timestamps.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {leaseNamespace} from './lease.ts';
import {setNodeTaints} from './node-taints.ts';
import {markPodsNotReady} from './pods-not-ready.ts';
import {anyVersion} from './references.ts';

/**
 * Notices when a node's kubelet has been silent for too long, says so in its conditions and taints, and that its Pods
 * are not ready: the node-lifecycle-controller. Cordons become taints here too.
 */
export const nodeLifecycle: Controller = context => {
  const {registry, clock} = context;
  const heardOf = new Map<string, number>();
  const known = new Map<string, Of<'nodes'>>();
  const hear = (name: string) => {
    heardOf.set(name, clock.now());
    return [name];
  };
  reconciler(context, {
    name: 'node-lifecycle-controller',
    watches: {
      nodes: change =>
        isSignOfLife(change) ? hear(change.object.metadata.name) : [change.object.metadata.name],
      'leases.coordination.k8s.io': ({object, type}) =>
        object.metadata.namespace === leaseNamespace && type !== 'DELETED' ? hear(object.metadata.name) : [],
    },
    reconcile(name) {
      const node = registry.get('nodes', undefined, name);
      sayComingAndGoing(context, known.get(name), node);
      if (!node) {
        known.delete(name);
        heardOf.delete(name);
        return undefined;
      }
      known.set(name, node);
      return watchOver(context, node, clock.since(heardOf.get(name) ?? clock.now()));
    },
  });
};

/** kube-controller-manager's --node-monitor-grace-period, of 1.32 and later, in milliseconds. */
const gracePeriod = 50_000;

const source = {component: 'node-controller'};

/** New to this controller, or posted by its kubelet. */
const isSignOfLife = ({object, before, type}: Change<'nodes'>) =>
  type === 'ADDED' ||
  (type === 'MODIFIED' && before !== undefined && lastHeartbeat(object) !== lastHeartbeat(before));

const ready = ({status}: Of<'nodes'>) => status?.conditions?.find(({type}) => type === 'Ready');
const lastHeartbeat = (node: Of<'nodes'>) => ready(node)?.lastHeartbeatTime;

function sayComingAndGoing(
  {recorder}: ControlContext,
  before: Of<'nodes'> | undefined,
  node: Of<'nodes'> | undefined,
): void {
  const say = (about: Of<'nodes'>, reason: string, what: string) => {
    const {name} = about.metadata;
    recorder.event(anyVersion(about), 'Normal', reason, `Node ${name} event: ${what}`, source);
  };
  if (before && before.metadata.uid !== node?.metadata.uid)
    say(before, 'RemovingNode', `Removing Node ${before.metadata.name} from Controller`);
  if (node && before?.metadata.uid !== node.metadata.uid)
    say(node, 'RegisteredNode', `Registered Node ${node.metadata.name} in Controller`);
}

/** @param silentFor milliseconds */
function watchOver(context: ControlContext, node: Of<'nodes'>, silentFor: number): LookAgain | undefined {
  const isLost = silentFor >= gracePeriod;
  const wasReady = ready(node)?.status === 'True';
  const judged = isLost ? markUnknown(context, node) : node;
  setNodeTaints(context, judged);
  if (wasReady && ready(judged)?.status !== 'True') {
    const {name} = node.metadata;
    context.recorder.event(
      judged,
      'Normal',
      'NodeNotReady',
      `Node ${name} status is now: NodeNotReady`,
      source,
    );
    markPodsNotReady(context, name, source);
  }
  return isLost ? undefined : {after: gracePeriod - silentFor};
}

function markUnknown({registry, clock}: ControlContext, node: Of<'nodes'>): Of<'nodes'> {
  const now = timestamp(clock.now());
  const say = (draft: Of<'nodes'>) => {
    const conditions = draft.status?.conditions ?? [];
    draft.status = {...draft.status, conditions: watched.reduce(unknown(now, node), conditions)};
  };
  return registry.change('nodes', node, say, {subresource: 'status'}) ?? node;
}

/** What only a kubelet can tell. */
const watched = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

const unknown =
  (now: string, {metadata}: Of<'nodes'>) =>
  (conditions: readonly NodeCondition[], type: string): NodeCondition[] => {
    const before = conditions.find(condition => condition.type === type);
    const stopped = {reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.'};
    if (before)
      return conditions.map(condition =>
        condition !== before || before.status === 'Unknown'
          ? condition
          : {...condition, ...stopped, status: 'Unknown', lastTransitionTime: now},
      );
    return [
      ...conditions,
      {
        type,
        status: 'Unknown',
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
        lastHeartbeatTime: metadata.creationTimestamp,
        lastTransitionTime: now,
      },
    ];
  };
