import {selects} from '../../label-selector.ts';
import type {Change, Registry} from '../../registry/registry.ts';
import {keyOf} from '../reconciler.ts';
import {controllerOf} from './ownership.ts';

const kinds = {
  'replicasets.apps': 'ReplicaSet',
  'statefulsets.apps': 'StatefulSet',
  'daemonsets.apps': 'DaemonSet',
} as const;

/** The keys of the workloads that a change of a Pod concerns: the one that has it or had it, or could adopt it. */
export function ownersOf(
  registry: Registry,
  resource: keyof typeof kinds,
  {object, before}: Change<'pods'>,
): string[] {
  const {namespace, labels} = object.metadata;
  const controller = controllerOf(object);
  const owners = [controller, before && controllerOf(before)].flatMap(owner =>
    owner?.kind === kinds[resource] ? [`${namespace}/${owner.name}`] : [],
  );
  if (controller) return owners;
  const adopting = registry
    .list(resource, namespace)
    .filter(({spec}) => selects(spec?.selector, labels))
    .map(keyOf);
  return [...owners, ...adopting];
}
