import type {OwnerReference} from 'kubernetes-types/meta/v1.d.ts';
import type {ResourceId, Stored} from '../../objects.ts';
import type {DeleteOptions, Registry} from '../../registry/registry.ts';
import {dependentsOf, objectKey, ownerOf, resourceType} from './graph.ts';

/**
 * Looks at one object: as an owner that is going away, or else as a dependent whose owners may be gone.
 * @param look asks for a look at another object, by its key
 */
export function collect(
  registry: Registry,
  resource: ResourceId,
  object: Stored,
  look: (key: string) => void,
) {
  const {deletionTimestamp, finalizers = []} = object.metadata;
  if (deletionTimestamp === undefined) collectDependent(registry, resource, object);
  else if (finalizers.includes('orphan')) orphanDependents(registry, resource, object);
  else if (finalizers.includes('foregroundDeletion')) awaitDependents(registry, resource, object, look);
}

/** The dependents stay: they forget their owner, which may go then. */
function orphanDependents(registry: Registry, resource: ResourceId, owner: Stored) {
  for (const {resource, object} of dependentsOf(registry, owner))
    forget(registry, resource, object, [owner.metadata.uid]);
  dropFinalizer(registry, resource, owner, 'orphan');
}

/** The owner goes when no dependent is left that blocks it. */
function awaitDependents(
  registry: Registry,
  resource: ResourceId,
  owner: Stored,
  look: (key: string) => void,
) {
  const dependents = dependentsOf(registry, owner);
  const blocks = ({uid, blockOwnerDeletion}: OwnerReference) =>
    uid === owner.metadata.uid && blockOwnerDeletion;
  if (!dependents.some(({object}) => object.metadata.ownerReferences?.some(blocks)))
    return dropFinalizer(registry, resource, owner, 'foregroundDeletion');
  for (const one of dependents) look(objectKey(one.resource, one.object));
}

/** It goes with its last owner; those that are gone, or are waiting for it, are forgotten while another is left. */
function collectDependent(registry: Registry, resource: ResourceId, object: Stored) {
  const owners = object.metadata.ownerReferences ?? [];
  const states = owners.map(owner => ({uid: owner.uid, state: stateOf(registry, object, owner)}));
  const not = (wanted: OwnerState) => states.filter(({state}) => state !== wanted).map(({uid}) => uid);
  const leaving = not('there');
  if (leaving.length === 0) return;
  if (leaving.length < owners.length) return forget(registry, resource, object, leaving);
  const isAwaited = states.some(({state}) => state === 'waiting');
  const foreground = isAwaited && registry.ownedBy(object.metadata.uid).length > 0;
  const {namespace, name, uid, resourceVersion} = object.metadata;
  registry.delete(resource, namespace, name, {
    propagationPolicy: foreground ? 'Foreground' : policyOf(object),
    preconditions: {uid, resourceVersion},
  });
}

/** Being there comprises kinds that the sandbox does not know: they are no reason to delete anything. */
type OwnerState = 'there' | 'gone' | 'waiting';

function stateOf(registry: Registry, object: Stored, reference: OwnerReference): OwnerState {
  const type = resourceType(registry, reference.apiVersion, reference.kind);
  if (!type || (type.namespaced && object.metadata.namespace === undefined)) return 'there';
  const owner = ownerOf(registry, object, reference)?.object;
  if (!owner) return 'gone';
  const {deletionTimestamp, finalizers = []} = owner.metadata;
  return deletionTimestamp !== undefined && finalizers.includes('foregroundDeletion') ? 'waiting' : 'there';
}

/** What its own finalizers ask for. */
function policyOf({metadata: {finalizers = []}}: Stored): NonNullable<DeleteOptions['propagationPolicy']> {
  if (finalizers.includes('orphan')) return 'Orphan';
  return finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background';
}

const forget = (registry: Registry, resource: ResourceId, object: Stored, uids: readonly string[]) =>
  void registry.change(resource, object, ({metadata}) => {
    const left = metadata.ownerReferences?.filter(({uid}) => !uids.includes(uid)) ?? [];
    if (left.length > 0) metadata.ownerReferences = left;
    else delete metadata.ownerReferences;
  });

const dropFinalizer = (registry: Registry, resource: ResourceId, object: Stored, finalizer: string) =>
  void registry.change(resource, object, ({metadata}) => {
    metadata.finalizers = metadata.finalizers?.filter(one => one !== finalizer) ?? [];
  });
