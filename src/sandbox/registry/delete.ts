import type {Namespace, Pod} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../objects.ts';
import {conflict, forbidden} from '../status-error.ts';
import {timestamp} from '../timestamps.ts';
import type {DeleteOptions} from './registry.ts';
import type {ResourceType} from './resource-type.ts';
import {namespaceFinalizers} from './update.ts';

/** What a delete makes of an object. */
export interface Deletion {
  /** With the marks of its deletion; the very object when it gets none. */
  marked: Stored;
  /** Nothing holds it any more. */
  gone: boolean;
}

/** @throws StatusError Conflict, Forbidden */
export function deletion(type: ResourceType, object: Stored, options: DeleteOptions, now: number): Deletion {
  refuseDeletion(type, object, options);
  if (type.id === 'namespaces') return namespaceDeletion(object as Stored<Namespace>, now);
  const grace = graceOf(type, object, options);
  if (grace === 'pending') return {marked: object, gone: false};
  const finalizers = finalizersOf(object, options.propagationPolicy);
  if (grace !== undefined) {
    const marked = mark(object, now, grace, finalizers);
    return {marked, gone: grace === 0 && finalizers.length === 0};
  }
  if (finalizers.length === 0) return {marked: object, gone: true};
  return {marked: mark(object, now, 0, finalizers), gone: false};
}

const protectedNamespaces = ['default', 'kube-system', 'kube-public'];

function refuseDeletion(type: ResourceType, {metadata}: Stored, {preconditions = {}}: DeleteOptions): void {
  const {name, uid, resourceVersion} = metadata;
  const named = {...type, resource: type.kind};
  if (preconditions.uid !== undefined && preconditions.uid !== uid)
    throw conflict(
      named,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  if (preconditions.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion)
    throw conflict(
      named,
      name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  if (type.id === 'namespaces' && protectedNamespaces.includes(name))
    throw forbidden(type, name, 'this namespace may not be deleted');
}

/** A namespace stays until its controller has emptied it and taken `spec.finalizers` away. */
function namespaceDeletion(namespace: Stored<Namespace>, now: number): Deletion {
  const held = namespaceFinalizers(namespace as Stored).length > 0;
  const gone = !held && !namespace.metadata.finalizers?.length;
  if (gone || namespace.metadata.deletionTimestamp !== undefined) return {marked: namespace as Stored, gone};
  const marked: Stored<Namespace> = {
    ...namespace,
    metadata: {...namespace.metadata, deletionTimestamp: timestamp(now)},
    status: {...namespace.status, phase: 'Terminating'},
  };
  return {marked: marked as Stored, gone: false};
}

/**
 * How many seconds a Pod gets to end; undefined for what is not asked to end, and `pending` when a
 * deletion that is under way stays as it is: a later one can only shorten it.
 */
function graceOf(type: ResourceType, object: Stored, options: DeleteOptions): number | 'pending' | undefined {
  if (type.id !== 'pods') return undefined;
  const asked = options.gracePeriodSeconds;
  const wanted = asked !== undefined && asked < 0 ? 1 : asked;
  const {deletionTimestamp, deletionGracePeriodSeconds: running = 0} = object.metadata;
  if (deletionTimestamp === undefined) return podGrace(object as Stored<Pod>, wanted);
  if (running === 0) return undefined;
  return wanted !== undefined && wanted < running ? wanted : 'pending';
}

function podGrace({spec, status}: Stored<Pod>, wanted: number | undefined): number {
  if (!spec?.nodeName || status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  const grace = wanted ?? spec.terminationGracePeriodSeconds ?? 30;
  return grace < 0 ? 1 : grace;
}

const collectorFinalizers = ['orphan', 'foregroundDeletion'];

/** Those of the object, with the garbage collector's as the policy wants them. Without one they stay. */
function finalizersOf({metadata}: Stored, policy: DeleteOptions['propagationPolicy']): readonly string[] {
  const finalizers = metadata.finalizers ?? [];
  if (policy === undefined) return finalizers;
  const others = finalizers.filter(finalizer => !collectorFinalizers.includes(finalizer));
  if (policy === 'Orphan') return [...others, 'orphan'];
  return policy === 'Foreground' ? [...others, 'foregroundDeletion'] : others;
}

/** A grace period counts from the first delete on. */
function mark(object: Stored, now: number, grace: number, finalizers: readonly string[]): Stored {
  const {deletionTimestamp, deletionGracePeriodSeconds: running = 0, generation} = object.metadata;
  const started = deletionTimestamp === undefined ? now : Date.parse(deletionTimestamp) - running * 1000;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp: timestamp(started + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...(generation !== undefined && deletionTimestamp === undefined && {generation: generation + 1}),
      ...(finalizers.length > 0 ? {finalizers: [...finalizers]} : {finalizers: undefined}),
    },
  } as Stored;
}
