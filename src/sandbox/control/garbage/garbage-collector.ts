import type {ResourceId, Stored} from '../../objects.ts';
import type {Change, Registry} from '../../registry/registry.ts';
import type {Controller} from '../controller.ts';
import {workQueue} from '../work-queue.ts';
import {collect} from './collect.ts';
import {dependentsOf, fromObjectKey, objectKey, ownerOf} from './graph.ts';

/** Deletes what has no owner left, and holds owners back that go after their dependents, or without them. */
export const garbageCollector: Controller = ({registry, signal, ...rest}) => {
  const context = {registry, signal, ...rest};
  const queue = workQueue(context, 'garbage-collector', key => {
    const {resource, namespace, name} = fromObjectKey(key);
    const object = registry.get(resource, namespace, name) as Stored | undefined;
    if (object) collect(registry, resource, object, queue.add);
  });
  for (const resource of registry.types.keys())
    for (const object of registry.list(resource) as readonly Stored[])
      if (concerns(object)) queue.add(objectKey(resource, object));
  const cancel = registry.subscribe(change => {
    for (const key of concernedBy(registry, change)) queue.add(key);
  });
  signal.addEventListener('abort', cancel);
};

const concerns = ({metadata}: Stored) =>
  metadata.ownerReferences !== undefined || metadata.deletionTimestamp !== undefined;

/** Most changes are of no concern: only those of owners, finalizers and deletion are. */
function concernedBy(registry: Registry, {type, resource, ...change}: Change<ResourceId>): string[] {
  const object = change.object as Stored;
  const before = change.before as Stored | undefined;
  if (type === 'DELETED') {
    const owners = (object.metadata.ownerReferences ?? []).flatMap(reference => {
      const owner = ownerOf(registry, object, reference);
      return owner ? [owner] : [];
    });
    return [...dependentsOf(registry, object), ...owners].map(one => objectKey(one.resource, one.object));
  }
  const changed =
    object.metadata.ownerReferences !== before?.metadata.ownerReferences ||
    object.metadata.finalizers !== before?.metadata.finalizers ||
    object.metadata.deletionTimestamp !== before?.metadata.deletionTimestamp;
  return changed && concerns(object) ? [objectKey(resource, object)] : [];
}
