import {claimNames} from '../claim-names.ts';
import type {Registry} from '../registry/registry.ts';
import type {Claim} from '../volume-matching.ts';
import {isFullyBound, waitsForConsumer} from '../volume-matching.ts';
import type {Pod} from './cluster-state.ts';

/** A Pod's claims by what the scheduler has to do about them. */
export interface PodClaims {
  bound: Claim[];
  /** The scheduler chooses or orders their volumes. */
  delayed: Claim[];
  /** Somebody else has to bind them before the Pod can be scheduled. */
  immediate: Claim[];
}

/** @param claims all that the Pod names; a claim of a waiting class that asks for a certain volume is bound at once too */
export function sortClaims(registry: Registry, claims: readonly Claim[]): PodClaims {
  const sorted: PodClaims = {bound: [], delayed: [], immediate: []};
  for (const claim of claims) {
    if (isFullyBound(claim)) sorted.bound.push(claim);
    else if (waitsForConsumer(registry, claim) && !claim.spec?.volumeName) sorted.delayed.push(claim);
    else sorted.immediate.push(claim);
  }
  return sorted;
}

/** Those of a Pod's claims that are there. */
export const claimsOf = (registry: Registry, pod: Pod): Claim[] =>
  claimNames(pod).flatMap(name => registry.get('persistentvolumeclaims', pod.metadata.namespace, name) ?? []);
