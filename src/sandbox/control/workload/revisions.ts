import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import type {LabelSelector} from 'kubernetes-types/meta/v1.d.ts';
import type {Of, Stored} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {claim, controllerReference} from './ownership.ts';
import {canonical, contentHash} from './template.ts';

export type Revision = Of<'controllerrevisions.apps'>;

/** A StatefulSet or DaemonSet: both remember their templates in ControllerRevisions. */
export type Owner = Stored & {
  spec?: {template?: PodTemplateSpec; selector?: LabelSelector; revisionHistoryLimit?: number};
};

/** Those of a workload, the oldest first. */
export const revisionsOf = (registry: Registry, owner: Owner): Revision[] =>
  claim(registry, 'controllerrevisions.apps', owner, owner.spec?.selector).toSorted(
    (one, other) => one.revision - other.revision,
  );

/**
 * The revision of the workload's template: made when it is new, moved to the end when it is an older one.
 * @param hashLabel under which it carries its hash
 */
export function syncRevision(
  registry: Registry,
  owner: Owner,
  revisions: readonly Revision[],
  hashLabel: string,
): Revision {
  const data = dataOf(owner.spec?.template ?? {});
  const last = revisions.at(-1);
  const next = (last?.revision ?? 0) + 1;
  const same = revisions.findLast(one => canonical(one.data) === canonical(data));
  if (!same) return registry.create('controllerrevisions.apps', newRevision(owner, data, next, hashLabel));
  if (same === last) return same;
  const moved = registry.change('controllerrevisions.apps', same, draft => {
    draft.revision = next;
  });
  return moved ?? same;
}

/** What a patch would set the template to. */
const dataOf = (template: PodTemplateSpec) => ({spec: {template: {...template, $patch: 'replace'}}});

function newRevision(owner: Owner, data: ReturnType<typeof dataOf>, revision: number, hashLabel: string) {
  const {name, namespace, annotations} = owner.metadata;
  const hash = contentHash(data);
  return {
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace !== undefined && {namespace}),
      labels: {...owner.spec?.template?.metadata?.labels, [hashLabel]: hash},
      ...(annotations && {annotations}),
      ownerReferences: [controllerReference(owner)],
    },
    data,
    revision,
  };
}

/** The template that a revision remembers. */
export function templateOf(revision: Revision): PodTemplateSpec {
  const {spec} = revision.data as unknown as {spec?: {template?: PodTemplateSpec & {$patch?: string}}};
  const {$patch: _, ...template} = spec?.template ?? {};
  return template;
}

/** Deletes the oldest beyond spec.revisionHistoryLimit; those in use neither count nor go. */
export function cleanUpRevisions(
  registry: Registry,
  owner: Owner,
  revisions: readonly Revision[],
  isUsed: (revision: Revision) => boolean,
) {
  const unused = revisions.filter(one => !isUsed(one));
  const excess = Math.max(0, unused.length - (owner.spec?.revisionHistoryLimit ?? 10));
  for (const {metadata} of unused.slice(0, excess))
    registry.delete('controllerrevisions.apps', metadata.namespace, metadata.name);
}
