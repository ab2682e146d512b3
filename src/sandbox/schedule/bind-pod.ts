import type {ControlContext} from '../control/controller.ts';
import {setPodCondition} from '../pod-conditions.ts';
import type {Pod} from './cluster-state.ts';
import {schedulerSource} from './source.ts';

/** Gives the Pod its node for good, as the subresource binding does. */
export function bindPod(context: ControlContext, pod: Pod, nodeName: string): void {
  const {registry, recorder, clock} = context;
  const bound = registry.change(
    'pods',
    pod,
    draft => {
      draft.spec = {...draft.spec, containers: draft.spec?.containers ?? [], nodeName};
      delete draft.status?.nominatedNodeName;
      setPodCondition(draft, {type: 'PodScheduled', status: 'True'}, clock.now());
    },
    {subresource: 'binding'},
  );
  if (!bound) return;
  const {namespace, name} = pod.metadata;
  const message = `Successfully assigned ${namespace}/${name} to ${nodeName}`;
  recorder.event(pod, 'Normal', 'Scheduled', message, schedulerSource(context, 'Binding'));
}
