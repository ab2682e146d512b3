import type {ObjectMeta} from 'kubernetes-types/meta/v1.d.ts';
import type {KubeObject, Stored} from '../objects.ts';
import {conflict, invalid, StatusError} from '../status-error.ts';
import {editable, settled} from './json.ts';
import {validateMetadata, validateMetadataUpdate} from './metadata.ts';
import {nameRuleOf} from './name-rule.ts';
import type {WriteOptions} from './registry.ts';
import type {Draft, Writing} from './writing.ts';

type Subresource = WriteOptions['subresource'];

/**
 * The object as `update` stores it, but for its resourceVersion; `before` itself when nothing came out different.
 * @throws StatusError
 */
export function updated(writing: Writing, object: KubeObject, before: Stored, part: Subresource): Stored {
  refuseConflict(writing, object, before);
  const draft = written(writing, object, before, part);
  // The strategy is about the spec: it neither forbids nor counts what these write.
  const besideSpec = part === 'status' || part === 'binding';
  const specCauses = besideSpec ? [] : checkedSpec(writing, draft, before);
  const causes = [
    ...validateMetadata(draft.metadata, nameRuleOf(writing)),
    ...validateMetadataUpdate(draft.metadata, before.metadata),
    ...specCauses,
  ];
  if (causes.length > 0) throw invalid(writing.type, before.metadata.name, causes);
  const next = settled(draft, before);
  return besideSpec ? next : withGeneration(writing, next, before);
}

/** Whether an update that came out like this was the last thing a deletion waited for. */
export function endsDeletion(next: Stored, before: Stored): boolean {
  const {deletionTimestamp, deletionGracePeriodSeconds} = before.metadata;
  if (deletionTimestamp === undefined || next.metadata.finalizers?.length) return false;
  return (deletionGracePeriodSeconds ?? 0) === 0 && namespaceFinalizers(next).length === 0;
}

/** What a namespace waits for: `spec.finalizers`, which only the subresource finalize changes. */
export const namespaceFinalizers = (object: KubeObject): readonly string[] =>
  object.kind === 'Namespace' ? ((object.spec as {finalizers?: string[]} | undefined)?.finalizers ?? []) : [];

function refuseConflict({type}: Writing, {metadata = {}}: KubeObject, {metadata: current}: Stored): void {
  const {resourceVersion: version, uid} = metadata;
  if (version && !/^\d+$/.test(version))
    throw new StatusError(500, '', `strconv.ParseUint: parsing "${version}": invalid syntax`);
  if (uid && uid !== current.uid) {
    const key = ['/registry', type.resource, current.namespace, current.name]
      .filter(part => part !== undefined)
      .join('/');
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.uid}`;
    throw conflict(
      type,
      current.name,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
    );
  }
  if (version && version !== '0' && version !== current.resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(type, current.name, why);
  }
}

/** The new object with everything that this part of it does not write taken from the old one. */
function written({type}: Writing, object: KubeObject, before: Stored, part: Subresource): Draft {
  const metadata = keepMetadata(editable(object.metadata ?? {}), before.metadata);
  const old = before as KubeObject;
  if (part === 'status') {
    const kept = metadataOfStatus(type.id, before.metadata);
    return {...old, metadata: {...metadata, ...kept}, status: object.status} as Draft;
  }
  if (part === 'binding') return {...withSpec(old, object, 'nodeName'), status: object.status} as Draft;
  if (part === 'scale') {
    const {managedFields} = object.metadata ?? {};
    const owned = {...old.metadata, ...(managedFields && {managedFields})};
    return editable({...withSpec(old, object, 'replicas'), metadata: owned}) as Draft;
  }
  if (part === 'finalize') return editable(withSpec(old, object, 'finalizers')) as Draft;
  const {apiVersion, kind, status} = old;
  const whole = 'status' in type.subresources ? {...object, status} : object;
  const namespace = type.id === 'namespaces' ? withSpec(whole, old, 'finalizers') : whole;
  return editable({...namespace, apiVersion, kind, metadata}) as Draft;
}

const withSpec = (object: KubeObject, other: KubeObject, field: string): KubeObject => ({
  ...object,
  spec: {...(object.spec as object), [field]: (other.spec as Record<string, unknown> | undefined)?.[field]},
});

/** What only the API says stays as it is. Leaving the deletion's marks out does not take them back. */
function keepMetadata({selfLink, ...meta}: ObjectMeta, before: Stored['metadata']): ObjectMeta {
  const {name, namespace, uid, resourceVersion, creationTimestamp, generation} = before;
  return {
    deletionTimestamp: before.deletionTimestamp,
    deletionGracePeriodSeconds: before.deletionGracePeriodSeconds,
    ...meta,
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    generation,
  } as ObjectMeta;
}

/** A status update can change metadata too, but for what some strategies put back. */
function metadataOfStatus(resource: string, {ownerReferences, labels}: ObjectMeta): object {
  if (resource === 'pods') return {ownerReferences};
  return resource === 'deployments.apps' ? {labels} : {};
}

function checkedSpec({strategy, registry, now}: Writing, draft: Draft, before: Stored) {
  const context = {registry, now};
  strategy.defaults?.(draft);
  strategy.beforeUpdate?.(draft, before, context);
  return [
    ...(strategy.validate?.(draft, context) ?? []),
    ...(strategy.validateUpdate?.(draft, before, context) ?? []),
  ];
}

function withGeneration({strategy}: Writing, next: Stored, before: Stored): Stored {
  const {generation} = before.metadata;
  if (next === before || generation === undefined) return next;
  const raised = strategy.generation?.(next, before) ?? specChanged(next, before);
  return raised ? {...next, metadata: {...next.metadata, generation: generation + 1}} : next;
}

/** `next` shares with `before` what is the same. */
const specChanged = (next: KubeObject, before: KubeObject) =>
  [...new Set([...Object.keys(next), ...Object.keys(before)])]
    .filter(field => field !== 'metadata' && field !== 'status')
    .some(field => next[field] !== before[field]);
