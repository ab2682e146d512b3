import {createHash} from 'node:crypto';
import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, Stored} from '../../objects.ts';
import {controllerReference} from './ownership.ts';

/** A Pod as a template describes it, managed by `owner`. It has no name yet. */
export function podFromTemplate(template: PodTemplateSpec, owner: Stored) {
  const {labels, annotations, finalizers} = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(owner.metadata.namespace !== undefined && {namespace: owner.metadata.namespace}),
      ...(labels && {labels}),
      ...(annotations && {annotations}),
      ...(finalizers && {finalizers}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: template.spec,
  } satisfies KubeObject;
}

/** Do two templates ask for the same Pods, whatever these labels say? */
export const sameTemplate = (one: PodTemplateSpec, other: PodTemplateSpec, exceptLabel: string) =>
  canonical(withoutLabel(one, exceptLabel)) === canonical(withoutLabel(other, exceptLabel));

function withoutLabel(template: PodTemplateSpec, label: string): PodTemplateSpec {
  const {[label]: _, ...labels} = template.metadata?.labels ?? {};
  return {...template, metadata: {...template.metadata, labels}};
}

/**
 * A short name for a template's content: the same for the same content, however its keys are ordered. Kubernetes writes
 * a 32-bit checksum's ten digits in letters that make no words; so does this, though its checksum is another one.
 *
 * @param collisions how often the name was taken by another content already
 */
export function contentHash(content: unknown, collisions = 0): string {
  const digest = createHash('sha256')
    .update(`${canonical(content)}${collisions || ''}`)
    .digest();
  return [...digest.subarray(0, 10)].map(byte => digits[byte % digits.length]).join('');
}
/** The digits 0 to 9, as Kubernetes' safe encoding writes them. */
const digits = '456789bcdf';

/** JSON with its keys in order and without what is empty by being undefined or null. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (part === null) return undefined;
    if (typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
