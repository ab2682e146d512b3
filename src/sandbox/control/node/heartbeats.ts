import type {Cancel} from '../../clock.ts';
import type {NodeMachine} from '../../node/machine.ts';
import type {Of} from '../../objects.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {renewLease} from './lease.ts';
import {discoverNode, healthy, healthyConditions} from './node-status.ts';
import {byName} from './references.ts';
import {registerNode} from './register-node.ts';

/**
 * The part of the kubelets that speaks for their nodes: each machine that is on has a Node, a lease that is renewed and
 * a status that is posted; one that is switched off falls silent. A Node that was deleted comes back when its machine
 * is switched on again.
 */
export const nodeHeartbeats: Controller = context => {
  const {machines, signal, clock} = context;
  for (const machine of serverFirst(machines.list())) {
    let silence = machine.running ? beat(context, machine) : noHeartbeat;
    const stopListening = machine.onPower(running => {
      silence();
      silence = noHeartbeat;
      if (!running) return;
      const notYet = clock.after(startUp, () => {
        silence = beat(context, machine);
      });
      silence = notYet;
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

const noHeartbeat = () => {};

/** The server gets the first range of Pod addresses. */
const serverFirst = (machines: readonly NodeMachine[]) =>
  [...machines].sort((one, other) => Number(other.role === 'server') - Number(one.role === 'server'));

function beat(context: ControlContext, machine: NodeMachine): Cancel {
  let beating = true;
  let cancel = noHeartbeat;
  const {clock, report} = context;
  let postedAt = clock.now();
  const next = () => {
    if (!beating) return;
    attempt(context, () => {
      renewLease(context, machine.name);
      if (clock.since(postedAt) < postEvery) return;
      postStatus(context, machine.name);
      postedAt = clock.now();
    });
    cancel = clock.after(renewEvery, next);
  };
  const begin = (status: Awaited<ReturnType<typeof discoverNode>>) => {
    if (!beating) return;
    attempt(context, () => {
      const before = context.registry.get('nodes', undefined, machine.name);
      sayStarted(context, registerNode(context, machine, status), before);
    });
    next();
  };
  discoverNode(machine).then(begin).catch(report);
  return () => {
    beating = false;
    cancel();
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
