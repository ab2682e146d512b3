import type {KubeObject, Stored} from '../../objects.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext} from '../controller.ts';
import type {Pod} from './pods.ts';

/**
 * Creates a Pod for the workload that owns it, and tells it in an event.
 * @throws StatusError what the API said, after the event of it; none is told of a namespace that is on its way out
 */
export function createPod(context: ControlContext, owner: Stored, pod: KubeObject, component: string): Pod {
  const {registry, recorder} = context;
  try {
    const created = registry.create('pods', pod);
    recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`, {component});
    return created;
  } catch (error) {
    if (error instanceof StatusError && !isNamespaceEnding(error))
      recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, {component});
    throw error;
  }
}

/** @throws StatusError unless the Pod is gone already */
export function deletePod(context: ControlContext, owner: Stored, pod: Pod, component: string) {
  const {registry, recorder} = context;
  const {namespace, name, uid} = pod.metadata;
  if (registry.get('pods', namespace, name)?.metadata.uid !== uid) return;
  registry.delete('pods', namespace, name, {preconditions: {uid}});
  recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`, {component});
}

/** Nothing can be created any more, and nothing need be. */
export const isNamespaceEnding = ({details}: StatusError) =>
  details?.causes?.some(({reason}) => reason === 'NamespaceTerminating') ?? false;
