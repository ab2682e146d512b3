import {meets} from '../label-selector.ts';
import type {Of} from '../objects.ts';
import type {Registry} from '../registry/registry.ts';
import {
  bestMatch,
  type Claim,
  claimedBytes,
  classOf,
  isReachable,
  selectedNode,
  type Volume,
} from '../volume-matching.ts';

/** What has to happen to a Pod's claims so that it can run on a node. */
export interface VolumePlan {
  bind: {claim: Claim; volume: Volume}[];
  provision: Claim[];
}

/**
 * Chooses a volume that is there for each claim, the smallest claim first, and leaves the others to their provisioner.
 * Undefined: this node cannot have them all.
 * @param claims whose binding was left to the scheduler
 */
export function planVolumes(
  registry: Registry,
  claims: readonly Claim[],
  node: Of<'nodes'>,
): VolumePlan | undefined {
  const plan: VolumePlan = {bind: [], provision: []};
  const chosen = new Set<string>();
  for (const claim of [...claims].sort((one, other) => claimedBytes(one) - claimedBytes(other))) {
    const ordered = claim.metadata.annotations?.[selectedNode];
    if (ordered !== undefined && ordered !== node.metadata.name) return undefined;
    const volume =
      ordered === undefined
        ? bestMatch(
            claim,
            registry.list('persistentvolumes').filter(({metadata}) => !chosen.has(metadata.name)),
            free => isReachable(free, node),
          )
        : undefined;
    if (volume && isReachable(volume, node)) {
      chosen.add(volume.metadata.name);
      plan.bind.push({claim, volume});
    } else if (canProvision(registry, claim, node)) plan.provision.push(claim);
    else return undefined;
  }
  return plan;
}

function canProvision(registry: Registry, claim: Claim, {metadata: {labels = {}}}: Of<'nodes'>): boolean {
  const storageClass = registry.get('storageclasses.storage.k8s.io', undefined, classOf(claim));
  if (!storageClass || storageClass.provisioner === 'kubernetes.io/no-provisioner') return false;
  const topologies = storageClass.allowedTopologies ?? [];
  return (
    topologies.length === 0 ||
    topologies.some(({matchLabelExpressions = []}) =>
      matchLabelExpressions.every(({key, values}) => meets({key, operator: 'In', values}, labels)),
    )
  );
}
