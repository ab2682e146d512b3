import type {OwnerReference} from 'kubernetes-types/meta/v1.d.ts';
import type {Registry} from '../../registry/registry.ts';
import {StatusError} from '../../status-error.ts';
import type {ControlContext} from '../controller.ts';
import {controllerReference} from '../workload/ownership.ts';
import type {Pod} from '../workload/pods.ts';
import {type Claim, claimName, claimTemplates, type StatefulSet} from './identity.ts';

/**
 * Creates the claims of an ordinal that are not there.
 * @throws StatusError also while one is still going away: the new Pod would wait for it for ever
 */
export function createClaims({registry, recorder}: ControlContext, set: StatefulSet, ordinal: number) {
  const {namespace} = set.metadata;
  for (const {name: template, metadata, spec} of claimTemplates(set)) {
    const name = claimName(template, set, ordinal);
    const there = registry.get('persistentvolumeclaims', namespace, name);
    if (there?.metadata.deletionTimestamp)
      throw new StatusError(409, 'Conflict', `pvc ${name} is being deleted`);
    if (there) continue;
    const labels = {...metadata?.labels, ...set.spec?.selector.matchLabels};
    const meta = {name, ...(namespace !== undefined && {namespace}), labels};
    const pod = `Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name}`;
    try {
      registry.create('persistentvolumeclaims', {
        metadata: metadata?.annotations ? {...meta, annotations: metadata.annotations} : meta,
        spec,
      });
      recorder.event(set, 'Normal', 'SuccessfulCreate', `Create Claim ${name} ${pod} success`, source);
    } catch (error) {
      if (error instanceof StatusError)
        recorder.event(
          set,
          'Warning',
          'FailedCreate',
          `Create Claim ${name} for ${pod} failed error: ${error.message}`,
          source,
        );
      throw error;
    }
  }
}

export const source = {component: 'statefulset-controller'};

/** Those of an ordinal that are there. */
const claimsOf = (registry: Registry, set: StatefulSet, ordinal: number): Claim[] =>
  claimTemplates(set).flatMap(
    ({name}) =>
      registry.get('persistentvolumeclaims', set.metadata.namespace, claimName(name, set, ordinal)) ?? [],
  );

/** Is a claim about to go with the Pod that had it before? Then a new Pod must not take it. */
export const hasStaleClaim = (registry: Registry, set: StatefulSet, ordinal: number) =>
  claimsOf(registry, set, ordinal).some(({metadata}) =>
    metadata.ownerReferences?.some(owner => isPodOf(owner, set, ordinal)),
  );

const isPodOf = ({kind, name}: OwnerReference, {metadata}: StatefulSet, ordinal: number) =>
  kind === 'Pod' && name === `${metadata.name}-${ordinal}`;

/**
 * Gives a Pod's claims the owner with which they are to go, after spec.persistentVolumeClaimRetentionPolicy: the
 * StatefulSet, the Pod once it is too many, or nobody.
 *
 * @returns whether a claim had another owner
 */
export function setClaimOwner(
  registry: Registry,
  set: StatefulSet,
  pod: Pod,
  ordinal: number,
  isCondemned: boolean,
): boolean {
  const {whenDeleted, whenScaled} = set.spec?.persistentVolumeClaimRetentionPolicy ?? {};
  const goesWithPod = isCondemned && whenScaled === 'Delete';
  const goesWithSet = whenDeleted === 'Delete' && !goesWithPod;
  const owner = goesWithPod ? controllerReference(pod) : goesWithSet ? controllerReference(set) : undefined;
  let changed = false;
  for (const claim of claimsOf(registry, set, ordinal)) {
    const owners = claim.metadata.ownerReferences ?? [];
    const others = owners.filter(one => one.uid !== set.metadata.uid && !isPodOf(one, set, ordinal));
    const right = owner ? owners.some(({uid}) => uid === owner.uid) : others.length === owners.length;
    if (right) continue;
    changed = true;
    registry.change('persistentvolumeclaims', claim, ({metadata}) => {
      metadata.ownerReferences = owner ? [...others, owner] : others;
    });
  }
  return changed;
}
