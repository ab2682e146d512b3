import type {Cancel} from '../clock.ts';
import type {Kinds, Stored} from '../objects.ts';
import type {Change} from '../registry/registry.ts';
import type {ControlContext} from './controller.ts';
import {type Outcome, type WorkQueue, workQueue} from './work-queue.ts';

export interface Reconciler {
  /** e.g. deployment-controller */
  name: string;
  /**
   * Which keys a change of these resources wants a look at; usually `keyOf` of the object, or of its owner.
   * Runs within the change: it only tells keys.
   */
  watches: {[R in keyof Kinds]?: (change: Change<R>) => Iterable<string>};
  /**
   * Brings the world nearer to what the object behind the key asks for. May find it gone. Throws StatusError to be
   * called again after a back-off (a conflict, an object that appears later); says `after` to be called again anyway.
   */
  reconcile(key: string): Outcome | Promise<Outcome>;
}

/**
 * The frame of every controller: what is there at the start is told as ADDED, then every change, and each key that
 * wants a look is reconciled in a turn of its own, however many changes asked for it. Ends with the context's signal.
 * @returns the queue, for controllers that learn of work in another way too
 */
export function reconciler(context: ControlContext, {name, watches, reconcile}: Reconciler): WorkQueue {
  const queue = workQueue(context, name, reconcile);
  const cancels = (Object.keys(watches) as (keyof Kinds)[]).map(resource =>
    follow(context, resource, watches, queue),
  );
  context.signal.addEventListener('abort', () => {
    for (const cancel of cancels) cancel();
  });
  return queue;
}

function follow<R extends keyof Kinds>(
  {registry}: ControlContext,
  resource: R,
  watches: Reconciler['watches'],
  queue: WorkQueue,
): Cancel {
  const listener = (change: Change<R>) => {
    for (const key of watches[resource]?.(change) ?? []) queue.add(key);
  };
  const version = registry.version;
  for (const object of registry.list(resource)) listener({type: 'ADDED', resource, object, version});
  return registry.subscribe(resource, listener);
}

/** namespace/name, or the name alone for what is in no namespace. */
export const keyOf = ({metadata: {namespace, name}}: Pick<Stored, 'metadata'>) =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** The key of an object's own change: `watches: {services: itself}`. */
export const itself = ({object}: {object: Pick<Stored, 'metadata'>}) => [keyOf(object)];

/** What `keyOf` put together. */
export function fromKey(key: string): {namespace: string | undefined; name: string} {
  const slash = key.indexOf('/');
  return slash < 0
    ? {namespace: undefined, name: key}
    : {namespace: key.slice(0, slash), name: key.slice(slash + 1)};
}
