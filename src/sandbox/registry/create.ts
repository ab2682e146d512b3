import {randomUUID} from 'node:crypto';
import type {Namespace} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, Stored} from '../objects.ts';
import {alreadyExists, badRequest, forbidden, invalid, notFound, StatusError} from '../status-error.ts';
import {timestamp} from '../timestamps.ts';
import {generateName} from './generate-name.ts';
import {hasGeneration} from './generation.ts';
import {editable} from './json.ts';
import {validateMetadata} from './metadata.ts';
import {nameRuleOf} from './name-rule.ts';
import {apiVersionOf} from './resource-type.ts';
import type {Draft, Writing} from './writing.ts';

/** The object as `create` stores it, but for its resourceVersion. @throws StatusError */
export function created(writing: Writing, object: KubeObject): Draft {
  const {type, strategy, registry, now, admit} = writing;
  const draft = blank(writing, object);
  admitNamespace(writing, draft.metadata);
  strategy.defaults?.(draft);
  strategy.beforeCreate?.(draft, {registry, now});
  const causes = [
    ...validateMetadata(draft.metadata, nameRuleOf(writing)),
    ...(strategy.validate?.(draft, {registry, now}) ?? []),
  ];
  const {namespace, name} = draft.metadata;
  if (causes.length > 0) throw invalid(type, name, causes);
  admit?.(type, draft, {registry, now});
  if (registry.get(type.id, namespace, name)) throw alreadyExists(type, name);
  return draft;
}

/** What the client may say, with what only the API says. */
function blank({type, registry, now}: Writing, object: KubeObject): Draft {
  const {status, ...copy} = editable(object);
  const {selfLink, generation, deletionTimestamp, deletionGracePeriodSeconds, namespace, ...meta} =
    copy.metadata ?? {};
  if (meta.resourceVersion)
    throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
  if (type.namespaced && !namespace) throw badRequest('an empty namespace may not be set during creation');
  const taken = (name: string) => registry.get(type.id, namespace, name) !== undefined;
  return {
    ...copy,
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: {
      ...meta,
      name: meta.name || (meta.generateName ? freeName(meta.generateName, taken) : ''),
      ...(type.namespaced && namespace !== undefined && {namespace}),
      uid: randomUUID(),
      creationTimestamp: timestamp(now),
      ...(hasGeneration(type.id) && {generation: 1}),
    },
    ...(status !== undefined && !('status' in type.subresources) && {status}),
  } as Draft;
}

/** Kubernetes tries as often before it gives up. */
const tries = 8;

function freeName(base: string, taken: (name: string) => boolean): string {
  let name = generateName(base);
  for (let tried = 1; tried < tries && taken(name); tried += 1) name = generateName(base);
  return name;
}

/** Nothing is created in a namespace that is not there, or on its way out. */
function admitNamespace({type, registry}: Writing, {namespace, name}: Stored['metadata']): void {
  if (namespace === undefined) return;
  const found = registry.get('namespaces', undefined, namespace);
  if (!found) throw notFound({group: '', resource: 'namespaces', kind: 'Namespace'}, namespace);
  if (!isTerminating(found)) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden(type, name, why, [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ]);
}

const isTerminating = ({metadata, status}: Stored<Namespace>) =>
  metadata.deletionTimestamp !== undefined || status?.phase === 'Terminating';
