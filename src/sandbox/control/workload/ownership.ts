import type {LabelSelector, OwnerReference} from 'kubernetes-types/meta/v1.d.ts';
import {selects} from '../../label-selector.ts';
import type {Kinds, Of, Stored} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';

/** The one owner that manages an object. */
export const controllerOf = ({metadata}: Pick<Stored, 'metadata'>): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({controller}) => controller);

export const isControlledBy = (object: Pick<Stored, 'metadata'>, owner: Pick<Stored, 'metadata'>) =>
  controllerOf(object)?.uid === owner.metadata.uid;

/** What an object that `owner` manages says of it. */
export const controllerReference = ({apiVersion, kind, metadata}: Owner): OwnerReference => ({
  apiVersion,
  kind,
  name: metadata.name,
  uid: metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});
type Owner = Pick<Stored, 'apiVersion' | 'kind' | 'metadata'>;

/**
 * The objects of a resource that an owner manages: those that it owns and selects. One without a controller that it
 * selects is adopted, one of its own that it does not select any more is released; neither while the owner goes away.
 *
 * @param fits what else an orphan must be for adoption
 */
export function claim<R extends 'pods' | 'replicasets.apps' | 'controllerrevisions.apps'>(
  registry: Registry,
  resource: R,
  owner: Owner,
  selector: LabelSelector | undefined,
  fits: (object: Of<R>) => boolean = () => true,
): Of<R>[] {
  const claimed: Of<R>[] = [];
  const ownerLives = owner.metadata.deletionTimestamp === undefined;
  for (const object of registry.list(resource, owner.metadata.namespace)) {
    const controller = controllerOf(object);
    if (controller && controller.uid !== owner.metadata.uid) continue;
    const selected = selects(selector, object.metadata.labels) && fits(object);
    if (controller && selected) claimed.push(object);
    else if (controller && ownerLives) release(registry, resource, object, owner);
    else if (!controller && selected && ownerLives && object.metadata.deletionTimestamp === undefined) {
      const adopted = adopt(registry, resource, object, owner);
      if (adopted) claimed.push(adopted);
    }
  }
  return claimed;
}

const adopt = <R extends keyof Kinds>(registry: Registry, resource: R, object: Of<R>, owner: Owner) =>
  registry.change(resource, object, ({metadata}) => {
    metadata.ownerReferences = [...(metadata.ownerReferences ?? []), controllerReference(owner)];
  });

const release = <R extends keyof Kinds>(registry: Registry, resource: R, object: Of<R>, owner: Owner) =>
  registry.change(resource, object, ({metadata}) => {
    metadata.ownerReferences = metadata.ownerReferences?.filter(({uid}) => uid !== owner.metadata.uid) ?? [];
  });
