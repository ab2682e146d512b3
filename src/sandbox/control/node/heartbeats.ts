import type {Cancel} from '../../clock.ts';
import type {NodeMachine} from '../../node/machine.ts';
import type {Of} from '../../objects.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {renewLease} from './lease.ts';
import {type DiscoveredNode, discoverNode, healthy, healthyConditions} from './node-status.ts';
import {byName} from './references.ts';
import {registerNode} from './register-node.ts';

/**
 * The part of the kubelets that speaks for their nodes: each machine that is on has a Node, a lease that is renewed and
 * a status that is posted; one that is switched off falls silent. A Node that was deleted comes back when its machine
 * is switched on again.
 */
export const nodeHeartbeats: Controller = context => {
  const {machines, signal, clock} = context;
  for (const [index, machine] of serverFirst(machines.list()).entries()) {
    const podCidr = `10.42.${index}.0/24`;
    let silence = machine.running ? beat(context, machine, podCidr) : () => {};
    const stopListening = machine.onPower(running => {
      silence();
      if (!running) return;
      silence = clock.after(startUp, () => {
        silence = beat(context, machine, podCidr);
      });
    });
    signal.addEventListener('abort', () => {
      stopListening();
      silence();
    });
  }
};

/** Milliseconds. The first is a choice, the others are the kubelet's defaults. */
const startUp = 1_000;
const renewEvery = 10_000;
const postEvery = 300_000;

/** The server gets the first range of Pod addresses. */
const serverFirst = (machines: readonly NodeMachine[]) =>
  [...machines].sort((one, other) => Number(other.role === 'server') - Number(one.role === 'server'));

function beat(context: ControlContext, machine: NodeMachine, podCidr: string): Cancel {
  const {clock, report} = context;
  let cancel: Cancel | undefined;
  let silent = false;
  let postedAt: number | undefined;
  let unschedulable = false;
  const next = (found: DiscoveredNode) => {
    if (silent) return;
    attempt(context, () => {
      if (postedAt === undefined || clock.since(postedAt) >= postEvery) {
        if (postedAt === undefined) register(context, machine, podCidr, found);
        else postStatus(context, machine.name);
        postedAt = clock.now();
      }
      renewLease(context, machine.name);
      unschedulable = sayWhetherSchedulable(context, machine.name, unschedulable);
    });
    cancel = clock.after(renewEvery, () => next(found));
  };
  discoverNode(machine).then(next).catch(report);
  return () => {
    silent = true;
    cancel?.();
  };
}

/** What the API refuses now (a full disk) is tried with the next beat. */
function attempt({report}: ControlContext, beatOnce: () => void): void {
  try {
    beatOnce();
  } catch (error) {
    if (!(error instanceof StatusError)) report(error);
  }
}

function register(
  context: ControlContext,
  machine: NodeMachine,
  podCidr: string,
  found: DiscoveredNode,
): void {
  const before = context.registry.get('nodes', undefined, machine.name);
  sayStarted(context, registerNode(context, machine, podCidr, found), before);
}

function postStatus({registry, clock}: ControlContext, name: string): void {
  registry.change(
    'nodes',
    {name},
    draft => {
      const conditions = healthyConditions(draft.status?.conditions ?? [], clock.now());
      draft.status = {...draft.status, conditions};
    },
    {subresource: 'status'},
  );
}

function sayStarted({recorder}: ControlContext, node: Of<'nodes'>, before: Of<'nodes'> | undefined): void {
  const {name} = node.metadata;
  const say = (reason: string, message: string) =>
    recorder.event(byName(node), 'Normal', reason, message, {component: 'kubelet', host: name});
  const wasReady = before?.status?.conditions?.some(
    ({type, status}) => type === 'Ready' && status === 'True',
  );
  say('Starting', 'Starting kubelet.');
  for (const {event} of healthy.filter(({type}) => type !== 'Ready' || !wasReady))
    say(event, `Node ${name} status is now: ${event}`);
  say('NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
}

/** @returns whether it is cordoned now */
function sayWhetherSchedulable({registry, recorder}: ControlContext, name: string, before: boolean): boolean {
  const node = registry.get('nodes', undefined, name);
  const unschedulable = node?.spec?.unschedulable ?? false;
  const reason = unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
  if (node && unschedulable !== before)
    recorder.event(byName(node), 'Normal', reason, `Node ${name} status is now: ${reason}`, {
      component: 'kubelet',
      host: name,
    });
  return unschedulable;
}
