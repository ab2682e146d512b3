import {claimNames} from '../../claim-names.ts';
import type {Registry} from '../../registry/registry.ts';
import {type Claim, isReachable} from '../../volume-matching.ts';
import {isOf, nodeChanged} from '../changes.ts';
import type {NodeState, Pod} from '../cluster-state.ts';
import {type Filter, never} from '../filter.ts';
import {planVolumes} from '../plan-volumes.ts';
import {sortClaims} from '../pod-claims.ts';

/** The Pod's volumes can be reached from the node, or chosen or made there. */
export const volumeBinding: Filter = {
  name: 'VolumeBinding',
  prepare(pod, {registry}) {
    const names = claimNames(pod);
    if (names.length === 0) return undefined;
    const claims: Claim[] = [];
    for (const name of names) {
      const claim = registry.get('persistentvolumeclaims', pod.metadata.namespace, name);
      const unusable = whyUnusable(name, claim);
      if (unusable !== undefined) return {rejected: unusable};
      if (claim) claims.push(claim);
    }
    const {bound, delayed, immediate} = sortClaims(registry, claims);
    if (immediate.length > 0) return {rejected: 'pod has unbound immediate PersistentVolumeClaims'};
    return {
      check(state) {
        const reasons = [
          ...boundElsewhere(registry, bound, state),
          ...(planVolumes(registry, delayed, state.node) ? [] : [nothingToBind]),
        ];
        return reasons.length > 0 ? never(...reasons) : undefined;
      },
    };
  },
  mayHelp: (change, pod) =>
    isOf(change, 'persistentvolumes') ||
    isOf(change, 'storageclasses.storage.k8s.io') ||
    isOwnClaim(change, pod) ||
    nodeChanged(change, ({metadata}) => metadata.labels),
};

const nothingToBind = "node(s) didn't find available persistent volumes to bind";

function whyUnusable(name: string, claim: Claim | undefined): string | undefined {
  if (!claim) return `persistentvolumeclaim "${name}" not found`;
  if (claim.status?.phase === 'Lost')
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName}"`;
  if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
  return undefined;
}

function boundElsewhere(registry: Registry, bound: readonly Claim[], {node}: NodeState): string[] {
  const volumes = bound.map(claim =>
    registry.get('persistentvolumes', undefined, claim.spec?.volumeName ?? ''),
  );
  if (volumes.includes(undefined))
    return ['node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'];
  return volumes.every(volume => volume && isReachable(volume, node))
    ? []
    : ["node(s) didn't match PersistentVolume's node affinity"];
}

const isOwnClaim = (change: Parameters<Filter['mayHelp']>[0], pod: Pod) =>
  isOf(change, 'persistentvolumeclaims') &&
  change.object.metadata.namespace === pod.metadata.namespace &&
  claimNames(pod).includes(change.object.metadata.name);
