import type {ControlContext} from '../control/controller.ts';
import {setPodCondition} from '../pod-conditions.ts';
import type {Pod} from './cluster-state.ts';
import {schedulerSource} from './source.ts';

/** Says on the Pod and in an event why it has no node yet. */
export function rejectPod(
  context: ControlContext,
  pod: Pod,
  message: string,
  reason: 'Unschedulable' | 'SchedulerError' = 'Unschedulable',
): void {
  const {registry, recorder, clock} = context;
  recorder.event(pod, 'Warning', 'FailedScheduling', message, schedulerSource(context, 'Scheduling'));
  registry.change(
    'pods',
    pod,
    draft => {
      delete draft.status?.nominatedNodeName;
      setPodCondition(draft, {type: 'PodScheduled', status: 'False', reason, message}, clock.now());
    },
    {subresource: 'status'},
  );
}
