import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of, Stored} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import {forbidden} from '../../../status-error.ts';
import {podNames} from './names.ts';

interface PriorityClass {
  value: number;
  preemptionPolicy?: string;
  globalDefault?: boolean;
}

/** What the admission plug-in Priority sets. @throws StatusError Forbidden when there is no such class */
export function assignPriority(pod: Of<'pods'>, {registry}: StrategyContext): void {
  if (!pod.spec) return;
  const classes = registry.list(
    'priorityclasses.scheduling.k8s.io',
  ) as unknown as readonly Stored<PriorityClass>[];
  const standard = classes.find(one => one.globalDefault);
  if (standard && !pod.spec.priorityClassName) pod.spec.priorityClassName = standard.metadata.name;
  const name = pod.spec.priorityClassName;
  const found: PriorityClass | undefined = name
    ? classes.find(one => one.metadata.name === name)
    : {value: 0};
  if (!found) throw forbidden(podNames, pod.metadata.name, `no PriorityClass with name ${name} was found`);
  pod.spec.priority = found.value;
  pod.spec.preemptionPolicy ??= found.preemptionPolicy ?? 'PreemptLowerPriority';
}

/** What the same plug-in does with an update that leaves them out. */
export function keepPriority(spec: PodSpec, {priority, preemptionPolicy}: Partial<PodSpec> = {}): void {
  if (spec.priority === undefined && priority !== undefined) spec.priority = priority;
  if (spec.preemptionPolicy === undefined && preemptionPolicy !== undefined)
    spec.preemptionPolicy = preemptionPolicy;
}
