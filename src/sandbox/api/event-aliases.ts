import type {KubeObject, ResourceId, Stored} from '../objects.ts';
import type {Change, Registry} from '../registry/registry.ts';
import {asCoreV1, asEventsV1} from '../schema/event-versions.ts';

/**
 * Events are in two groups: what is stored is the core one, and events.k8s.io/v1 is the same objects with other
 * names for most fields.
 * @returns the registry, with the second one in it as if it were stored, too
 */
export function withEventAliases(registry: Registry): Registry {
  const aliased: Pick<Untyped, 'get' | 'list' | 'create' | 'update' | 'delete' | 'watch'> = {
    get(resource, namespace, name) {
      const object = registry.get(stored(resource), namespace, name);
      return object && show(resource, object);
    },
    list: (resource, namespace) =>
      resource === alias
        ? registry.list('events', namespace).map(toAlias)
        : registry.list(resource, namespace),
    create: (resource, object, options) =>
      show(resource, registry.create(stored(resource), read(resource, object), options)),
    update: (resource, object, options) =>
      show(resource, registry.update(stored(resource), read(resource, object), options)),
    delete(resource, namespace, name, options) {
      const {object, gone} = registry.delete(stored(resource), namespace, name, options);
      return {object: show(resource, object), gone};
    },
    watch: (resource, after, listener) =>
      registry.watch(stored(resource), after, change =>
        listener(resource === alias ? changeOfAlias(change as Change) : (change as Change)),
      ),
  };
  return Object.assign(Object.create(registry), aliased);
}

/** A registry whose objects are any: which shape belongs to which resource is known to its callers. */
interface Untyped {
  get(resource: ResourceId, namespace: string | undefined, name: string): Stored | undefined;
  list(resource: ResourceId, namespace?: string): readonly Stored[];
  create(resource: ResourceId, object: KubeObject, options?: Parameters<Registry['create']>[2]): Stored;
  update(resource: ResourceId, object: KubeObject, options?: Parameters<Registry['update']>[2]): Stored;
  delete(
    resource: ResourceId,
    namespace: string | undefined,
    name: string,
    options?: Parameters<Registry['delete']>[3],
  ): {object: Stored; gone: boolean};
  watch(
    resource: ResourceId,
    after: number,
    listener: (change: Change) => void,
  ): ReturnType<Registry['watch']>;
}

const alias = 'events.events.k8s.io';
const stored = (resource: ResourceId): ResourceId => (resource === alias ? 'events' : resource);
const show = (resource: ResourceId, object: Stored) => (resource === alias ? toAlias(object) : object);
const read = (resource: ResourceId, object: KubeObject) => (resource === alias ? asCoreV1(object) : object);

const shown = new WeakMap<object, Stored>();
/** One object for each stored one, so that its JSON is remembered, too. */
function toAlias(object: Stored): Stored {
  const known = shown.get(object);
  if (known) return known;
  const made = asEventsV1(object) as Stored;
  shown.set(object, made);
  return made;
}

function changeOfAlias({before, object, ...change}: Change): Change {
  return {
    ...change,
    resource: alias,
    object: toAlias(object),
    ...(before && {before: toAlias(before)}),
  };
}
