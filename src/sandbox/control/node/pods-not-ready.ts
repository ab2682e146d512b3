import type {EventSource} from '../../events/recorder.ts';
import type {Of} from '../../objects.ts';
import {timestamp} from '../../timestamps.ts';
import type {ControlContext} from '../controller.ts';

/** Nobody knows of the Pods of a lost node whether they still answer: they get no more traffic. */
export function markPodsNotReady(
  {registry, clock, recorder}: ControlContext,
  nodeName: string,
  source: EventSource,
): void {
  const say = (draft: Of<'pods'>) => {
    const ready = draft.status?.conditions?.find(({type}) => type === 'Ready');
    if (ready?.status !== 'True') return;
    ready.status = 'False';
    ready.lastTransitionTime = timestamp(clock.now());
  };
  for (const pod of registry.podsOn(nodeName)) {
    const changed = registry.change('pods', pod, say, {subresource: 'status'});
    if (changed && changed !== pod)
      recorder.event(changed, 'Warning', 'NodeNotReady', 'Node is not ready', source);
  }
}
