import type {Taint} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {timestamp} from '../../timestamps.ts';
import type {ControlContext} from '../controller.ts';

/** Gives a node the taints that follow from its state and takes away those that no longer do; others stay. */
export function setNodeTaints({registry, clock}: ControlContext, node: Of<'nodes'>): void {
  const wanted = taintsFor(node);
  registry.change('nodes', node, ({spec = {}}) => {
    const now = spec.taints ?? [];
    const kept = now.filter(taint => !isManaged(taint) || wanted.some(one => isSame(one, taint)));
    const added = wanted.filter(taint => !now.some(one => isSame(one, taint)));
    if (kept.length === now.length && added.length === 0) return;
    const timeAdded = timestamp(clock.now());
    const taints = [...kept, ...added.map(taint => ({...taint, timeAdded}))];
    if (taints.length > 0) spec.taints = taints;
    else delete spec.taints;
  });
}

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const unschedulable = 'node.kubernetes.io/unschedulable';

/** Each of them as NoSchedule, and the first two as NoExecute. */
const managed = [notReady, unreachable, unschedulable];

function taintsFor({spec, status}: Of<'nodes'>): Taint[] {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')?.status;
  const taints: Taint[] = spec?.unschedulable ? [{key: unschedulable, effect: 'NoSchedule'}] : [];
  if (ready === 'True') return taints;
  if (ready === undefined) return [...taints, {key: notReady, effect: 'NoSchedule'}];
  const key = ready === 'Unknown' ? unreachable : notReady;
  return [...taints, {key, effect: 'NoSchedule'}, {key, effect: 'NoExecute'}];
}

const isManaged = ({key, effect}: Taint) =>
  managed.includes(key) && (effect === 'NoSchedule' || (effect === 'NoExecute' && key !== unschedulable));

const isSame = (one: Taint, other: Taint) => one.key === other.key && one.effect === other.effect;
