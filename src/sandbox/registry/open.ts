import {produce} from 'immer';
import type {SandboxClock} from '../clock.ts';
import type {KubeObject, ResourceId, Stored} from '../objects.ts';
import {notFound, StatusError} from '../status-error.ts';
import {created} from './create.ts';
import {deletion} from './delete.ts';
import {settled} from './json.ts';
import {openLedger} from './ledger.ts';
import type {Change, DeleteOptions, Registry, Target, WriteOptions} from './registry.ts';
import {apiVersionOf, type ResourceType} from './resource-type.ts';
import type {Strategy} from './strategy.ts';
import {endsDeletion, updated} from './update.ts';
import type {Admit, Writing} from './writing.ts';

export interface RegistryOptions {
  /** Where `registry.db` lies, made when it is not there. `:memory:`: nothing outlasts the process. */
  directory: string;
  types: ReadonlyMap<ResourceId, ResourceType>;
  strategies: Partial<Record<ResourceId, Strategy>>;
  /** Asked about every new object, of whatever resource. */
  admit?: Admit;
  clock: SandboxClock;
}

export interface OpenRegistry extends Registry {
  /** Resolves when all is on disk and the file is closed. Nothing may be called after it. */
  close(): Promise<void>;
}

/** @throws StateFileError when the file is damaged, in use or cannot be written */
export function openRegistry({directory, types, strategies, admit, clock}: RegistryOptions): OpenRegistry {
  const ledger = openLedger(directory, clock);
  const {objects} = ledger;
  const byKind = new Map([...types.values()].map(type => [`${apiVersionOf(type)}/${type.kind}`, type]));

  // Within, every object is a Stored; that a resource's objects have its shape is for the callers to rely on.
  const registry = {
    types,
    get version() {
      return ledger.version;
    },
    get: find,
    list: (resource: ResourceId, namespace?: string) => objects.of(resource).list(namespace),
    ownedBy: objects.ownedBy,
    podsOn: objects.podsOn,
    resourceOf({apiVersion, kind}: KubeObject) {
      const type = byKind.get(`${apiVersion}/${kind}`);
      if (!type) throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
      return type;
    },
    create(resource: ResourceId, object: KubeObject, {dryRun}: WriteOptions = {}): Stored {
      ledger.admit();
      const draft = created(writing(resource), object);
      return dryRun ? settled(draft) : ledger.put(resource, draft);
    },
    update(resource: ResourceId, object: KubeObject, options?: WriteOptions): Stored {
      const {namespace, name = ''} = object.metadata ?? {};
      return replace(resource, object, getOrThrow(resource, namespace, name), options);
    },
    change(resource: ResourceId, target: Target, recipe: (draft: Stored) => void, options?: WriteOptions) {
      const {namespace, name, uid} = placeOf(target);
      const before = find(resource, namespace, name);
      if (!before || (uid !== undefined && uid !== before.metadata.uid)) return undefined;
      const object = produce(before, draft => recipe(draft as Stored));
      return object === before ? before : replace(resource, object, before, options);
    },
    delete(
      resource: ResourceId,
      namespace: string | undefined,
      name: string,
      options: DeleteOptions = {},
    ): {object: Stored; gone: boolean} {
      ledger.admit();
      const before = getOrThrow(resource, namespace, name);
      const {marked, gone} = deletion(typeOf(resource), before, options, clock.now());
      if (options.dryRun) return {object: settled(marked, before), gone};
      const object = ledger.put(resource, marked, before);
      // A subscriber that was told of the mark may have changed it once more, or removed it.
      const last = find(resource, namespace, name);
      if (gone && last) ledger.remove(resource, last);
      return {object, gone};
    },
    subscribe(...args: [Listener] | [ResourceId, Listener]) {
      return args.length === 1 ? ledger.subscribe(undefined, args[0]) : ledger.subscribe(...args);
    },
    watch: ledger.watch,
    durable: ledger.durable,
    close: ledger.close,
  };
  return registry as unknown as OpenRegistry;

  function find(resource: ResourceId, namespace: string | undefined, name: string): Stored | undefined {
    return objects.of(resource).get(namespace, name);
  }

  function getOrThrow(resource: ResourceId, namespace: string | undefined, name: string): Stored {
    const found = find(resource, namespace, name);
    if (!found) throw notFound(typeOf(resource), name);
    return found;
  }

  function typeOf(resource: ResourceId): ResourceType {
    const type = types.get(resource);
    if (!type) throw new Error(`No resource ${resource} is served.`);
    return type;
  }

  function writing(resource: ResourceId): Writing {
    return {
      type: typeOf(resource),
      strategy: strategies[resource] ?? {},
      registry: registry as unknown as Registry,
      ...(admit && {admit}),
      now: clock.now(),
    };
  }

  function replace(
    resource: ResourceId,
    object: KubeObject,
    before: Stored,
    {dryRun, subresource}: WriteOptions = {},
  ): Stored {
    ledger.admit();
    const next = updated(writing(resource), object, before, subresource);
    if (dryRun) return next;
    if (!endsDeletion(next, before)) return ledger.put(resource, next, before);
    ledger.remove(resource, before);
    return next;
  }
}

type Listener = (change: Change) => void;

const placeOf = (target: Target): {namespace?: string | undefined; name: string; uid?: string} =>
  'metadata' in target ? target.metadata : target;
