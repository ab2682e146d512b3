import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext} from '../controller.ts';
import type {Pod} from '../workload/pods.ts';
import {createClaims, hasStaleClaim, setClaimOwner, source} from './claims.ts';
import {podOf, type StatefulSet} from './identity.ts';
import type {Step} from './plan.ts';

/**
 * Does one step, and tells it in an event.
 * @param templateOf a revision's template, by its name
 * @throws StatusError
 */
export function take(
  context: ControlContext,
  set: StatefulSet,
  step: Step,
  templateOf: (revision: string) => PodTemplateSpec,
) {
  switch (step.do) {
    case 'create':
      return create(context, set, step.ordinal, templateOf(step.revision), step.revision);
    case 'clear away':
      return clearAway(context, set, step.pod);
    case 'scale down':
    case 'update':
      return remove(context, set, step.pod);
  }
}

function create(
  context: ControlContext,
  set: StatefulSet,
  ordinal: number,
  template: PodTemplateSpec,
  revision: string,
) {
  const {registry} = context;
  if (hasStaleClaim(registry, set, ordinal)) return;
  const wish = podOf(set, ordinal, template, revision);
  tell(context, set, 'Create', wish.metadata.name, () => {
    createClaims(context, set, ordinal);
    setClaimOwner(registry, set, registry.create('pods', wish), ordinal, false);
  });
}

function clearAway(context: ControlContext, set: StatefulSet, pod: Pod) {
  const {namespace, name} = set.metadata;
  const about = (what: string) =>
    `StatefulSet ${namespace}/${name} is recreating ${what} Pod ${pod.metadata.name}`;
  if (pod.status?.phase === 'Failed')
    context.recorder.event(set, 'Warning', 'RecreatingFailedPod', about('failed'), source);
  else context.recorder.event(set, 'Normal', 'RecreatingTerminatedPod', about('terminated'), source);
  remove(context, set, pod);
}

function remove(context: ControlContext, set: StatefulSet, {metadata: {namespace, name, uid}}: Pod) {
  tell(context, set, 'Delete', name, () =>
    context.registry.delete('pods', namespace, name, {preconditions: {uid}}),
  );
}

function tell(
  {recorder}: ControlContext,
  set: StatefulSet,
  verb: 'Create' | 'Delete',
  pod: string,
  act: () => void,
) {
  const what = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
  try {
    act();
    recorder.event(set, 'Normal', `Successful${verb}`, `${what} successful`, source);
  } catch (error) {
    if (error instanceof StatusError)
      recorder.event(set, 'Warning', `Failed${verb}`, `${what} failed error: ${error.message}`, source);
    throw error;
  }
}
