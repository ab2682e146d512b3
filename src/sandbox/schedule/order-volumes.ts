import {claimNames} from '../claim-names.ts';
import type {ControlContext} from '../control/controller.ts';
import type {Registry} from '../registry/registry.ts';
import {boundByController, type Claim, isFullyBound, selectedNode, type Volume} from '../volume-matching.ts';
import type {Node, Pod} from './cluster-state.ts';
import {planVolumes} from './plan-volumes.ts';
import {claimsOf, sortClaims} from './pod-claims.ts';

/** Has the Pod claims whose binding was left to the scheduler? */
export const leavesVolumesOpen = ({registry}: ControlContext, pod: Pod): boolean =>
  sortClaims(registry, claimsOf(registry, pod)).delayed.length > 0;

/**
 * Has the Pod's claims bound or provisioned for a node that was found to do: reserves the volumes that were chosen, and
 * tells the provisioner of the others where it is wanted.
 */
export function orderVolumes({registry}: ControlContext, pod: Pod, node: Node): void {
  const plan = planVolumes(registry, sortClaims(registry, claimsOf(registry, pod)).delayed, node);
  registry.change('pods', pod, draft => nominate(draft, node), {subresource: 'status'});
  for (const {claim, volume} of plan?.bind ?? []) reserve(registry, volume, claim);
  for (const claim of plan?.provision ?? [])
    registry.change('persistentvolumeclaims', claim, ({metadata}) => {
      metadata.annotations = {...metadata.annotations, [selectedNode]: node.metadata.name};
    });
}

function nominate(pod: Pod, node: Node): void {
  pod.status = {...pod.status, nominatedNodeName: node.metadata.name};
}

function reserve(registry: Registry, volume: Volume, {apiVersion, kind, metadata}: Claim): void {
  registry.change('persistentvolumes', volume, draft => {
    const chosenHere = draft.spec?.claimRef === undefined;
    const {namespace, name, uid, resourceVersion} = metadata;
    const claimRef = {apiVersion, kind, namespace, name, uid, resourceVersion} as const;
    draft.spec = {...draft.spec, claimRef: claimRef as NonNullable<NonNullable<Volume['spec']>['claimRef']>};
    if (chosenHere) draft.metadata.annotations = {...draft.metadata.annotations, [boundByController]: 'yes'};
  });
}

/** How the ordered volumes of a Pod stand. Withdrawn: a claim is gone, or its provisioner asks for another node. */
export function volumesOrdered(
  registry: Registry,
  pod: Pod,
  nodeName: string,
): 'bound' | 'pending' | 'withdrawn' {
  const claims = claimsOf(registry, pod);
  if (claims.length < claimNames(pod).length) return 'withdrawn';
  const pending = claims.filter(claim => !isFullyBound(claim));
  if (pending.length === 0) return 'bound';
  return pending.every(claim => isOnItsWay(registry, claim, nodeName)) ? 'pending' : 'withdrawn';
}

const isOnItsWay = (registry: Registry, claim: Claim, nodeName: string) =>
  claim.metadata.annotations?.[selectedNode] === nodeName ||
  registry.list('persistentvolumes').some(({spec}) => spec?.claimRef?.uid === claim.metadata.uid);
