import {selects} from './label-selector.ts';
import {selectsNode} from './node-selector.ts';
import type {Of} from './objects.ts';
import {quantityValue} from './quantity.ts';
import type {Registry} from './registry/registry.ts';

export type Volume = Of<'persistentvolumes'>;
export type Claim = Of<'persistentvolumeclaims'>;

/** On a claim: it and its volume know each other, and that is for good. */
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
/** The controller chose, not the user: it may also undo it. */
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
/** On a claim: where the scheduler wants its volume provisioned. */
export const selectedNode = 'volume.kubernetes.io/selected-node';

export const isFullyBound = ({metadata, spec}: Claim) =>
  Boolean(spec?.volumeName) && metadata.annotations?.[bindCompleted] !== undefined;

/** '' for none. */
export const classOf = ({metadata, spec}: Volume | Claim) =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '';

/** Is the volume bound to this claim, or reserved for one of its name? */
export function isBoundTo({spec}: Volume, {metadata}: Claim): boolean {
  const claimRef = spec?.claimRef;
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

/** Does the claim's class leave binding to the time when a Pod wants the claim? */
export const waitsForConsumer = (registry: Registry, claim: Claim) =>
  registry.get('storageclasses.storage.k8s.io', undefined, classOf(claim))?.volumeBindingMode ===
  'WaitForFirstConsumer';

/** Can a Pod on this node use the volume? */
export const isReachable = ({spec}: Volume, node: Of<'nodes'>) => {
  const required = spec?.nodeAffinity?.required;
  return !required || selectsNode(required, node);
};

export const claimedBytes = ({spec}: Claim) => quantityValue(spec?.resources?.requests?.storage ?? 0);
const bytesOf = ({spec}: Volume) => quantityValue(spec?.capacity?.storage ?? 0);

/** Why a claim cannot have the very volume it asks for. Undefined: it can. */
export function mismatch(volume: Volume, claim: Claim): string | undefined {
  if (bytesOf(volume) < claimedBytes(claim)) return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (!hasSameMode(volume, claim)) return 'incompatible volumeMode';
  if (!hasAccessModes(volume, claim)) return 'incompatible accessMode';
  return undefined;
}

/**
 * The volume reserved for the claim, else the smallest free one that is large enough.
 * @param usable which free volumes come into question: the scheduler asks for those that a node reaches
 */
export function bestMatch(
  claim: Claim,
  volumes: readonly Volume[],
  usable: (volume: Volume) => boolean,
): Volume | undefined {
  const fitting = volumes.filter(
    volume =>
      !volume.metadata.deletionTimestamp &&
      bytesOf(volume) >= claimedBytes(claim) &&
      hasSameMode(volume, claim) &&
      hasAccessModes(volume, claim),
  );
  return (
    fitting.find(volume => isBoundTo(volume, claim)) ??
    fitting
      .filter(volume => isFree(volume) && isAskedFor(volume, claim) && usable(volume))
      .sort((one, other) => bytesOf(one) - bytesOf(other))[0]
  );
}

const isFree = ({spec, status}: Volume) => !spec?.claimRef && status?.phase === 'Available';

const isAskedFor = (volume: Volume, claim: Claim) =>
  classOf(volume) === classOf(claim) &&
  (!claim.spec?.selector || selects(claim.spec.selector, volume.metadata.labels));

const hasSameMode = (volume: Volume, claim: Claim) =>
  (volume.spec?.volumeMode ?? 'Filesystem') === (claim.spec?.volumeMode ?? 'Filesystem');

const hasAccessModes = (volume: Volume, claim: Claim) =>
  (claim.spec?.accessModes ?? []).every(mode => volume.spec?.accessModes?.includes(mode));
