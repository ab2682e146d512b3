import type {Cancel} from '../clock.ts';
import type {KubeObject, Of, ResourceId, Stored} from '../objects.ts';
import type {ResourceType} from './resource-type.ts';

/** What happened to one object. */
export interface Change<R extends ResourceId = ResourceId> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: R;
  /** For DELETED: its last state, with the resourceVersion of the deletion. */
  object: Of<R>;
  /** Not there for ADDED. */
  before?: Of<R>;
  /** The resourceVersion of this change; it only grows. */
  version: number;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: {uid?: string; resourceVersion?: string};
  /** All is checked, nothing is done. */
  dryRun?: boolean;
}

export interface WriteOptions {
  dryRun?: boolean;
  /**
   * Which part of the object is written: the others stay as they are. A status takes metadata along; `scale`
   * is spec.replicas alone, `finalize` a namespace's spec.finalizers, `binding` a Pod's node with the condition that
   * says so.
   */
  subresource?: 'status' | 'scale' | 'finalize' | 'binding';
}

/** What a `change` was asked for: an object as it was read, or where it is. */
export type Target = Stored | {namespace?: string | undefined; name: string};

/**
 * The API's heart, without HTTP: what the API server and every controller read from and write to.
 * All calls are synchronous and happen one after the other; what they did is visible to all at once, and is on
 * disk when `durable` resolves. Whoever tells somebody outside of the process (an HTTP client, a file on a node)
 * awaits `durable` first. All throw StatusError as the real API would answer.
 */
export interface Registry {
  readonly types: ReadonlyMap<ResourceId, ResourceType>;
  /** The newest resourceVersion. */
  readonly version: number;
  get<R extends ResourceId>(resource: R, namespace: string | undefined, name: string): Of<R> | undefined;
  /** All, or those of one namespace, by namespace and name. */
  list<R extends ResourceId>(resource: R, namespace?: string): readonly Of<R>[];
  /** Whose ownerReferences name this UID, of any resource. */
  ownedBy(uid: string): readonly Stored[];
  /** The Pods with this spec.nodeName. */
  podsOn(node: string): readonly Of<'pods'>[];
  /** Which resource an object is of, by its apiVersion and kind. @throws when none is served */
  resourceOf(object: {apiVersion?: string; kind?: string}): ResourceType;
  /**
   * Fills in names (generateName), defaults and what the API sets, validates, and stores it.
   * @throws StatusError AlreadyExists, Invalid, NotFound (its namespace), Forbidden
   */
  create<R extends ResourceId>(resource: R, object: KubeObject, options?: WriteOptions): Of<R>;
  /**
   * Replaces it. A resourceVersion in `object` must be the current one; without it the last writer wins.
   * The generation grows when the spec changed. The last finalizer's removal of an object being deleted deletes it.
   * @throws StatusError NotFound, Conflict, Invalid
   */
  update<R extends ResourceId>(resource: R, object: KubeObject, options?: WriteOptions): Of<R>;
  /**
   * Changes the newest state: `recipe` edits a draft (immer). Nothing is written, and the old one is returned,
   * when nothing came out different. Undefined when it is not there any more (or has another UID than the target).
   */
  change<R extends ResourceId>(
    resource: R,
    target: Target,
    recipe: (draft: Of<R>) => void,
    options?: WriteOptions,
  ): Of<R> | undefined;
  /**
   * Deletes it, or, while finalizers (or a Pod's grace period) hold it, marks it as being deleted.
   * @returns the last state, and whether it is gone
   * @throws StatusError NotFound, Conflict (preconditions), Forbidden (a namespace that must stay)
   */
  delete<R extends ResourceId>(
    resource: R,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): {object: Of<R>; gone: boolean};
  /**
   * Tells every change from now on, within the call that made it: a listener only takes note, and acts in a
   * turn of its own. Without `resource`: of all.
   */
  subscribe(listener: (change: Change) => void): Cancel;
  subscribe<R extends ResourceId>(resource: R, listener: (change: Change<R>) => void): Cancel;
  /**
   * All changes of a resource after a version, then those to come, each told once it is on disk: what is there
   * already within the call, before it returns. A version that is still to come is waited for.
   * @throws StatusError Expired (410) when the history does not reach back so far
   */
  watch<R extends ResourceId>(resource: R, after: number, listener: (change: Change<R>) => void): Cancel;
  /**
   * Resolves when all that was done before the call is on disk. To be called in the turn of the write: nothing
   * goes to disk within it.
   * @throws StatusError 500 when the disk refuses. What was not on disk is then undone (subscribers are told),
   * and writes are refused until the disk may have recovered.
   */
  durable(): Promise<void>;
}
