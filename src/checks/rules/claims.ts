import type {KubeObject} from '../../world/object.ts';
import type {Unsuited} from '../facts/claims.ts';
import {hasLabels, inLab, type Scene} from '../select.ts';
import {bytesOf} from './quantity.ts';
import {podsOf, type RuleContext} from './rule.ts';

export interface ClaimSpec {
  storageClassName?: string;
  volumeName?: string;
  volumeMode?: string;
  accessModes?: string[];
  selector?: {matchLabels?: Record<string, string>};
  resources?: {requests?: {storage?: string}};
}
interface VolumeSpec {
  storageClassName?: string;
  volumeMode?: string;
  accessModes?: string[];
  capacity?: {storage?: string};
  claimRef?: {name: string; namespace: string; uid?: string};
  persistentVolumeReclaimPolicy?: string;
}

export const specOf = (claim: KubeObject) => (claim.spec ?? {}) as ClaimSpec;
export const volumeSpecOf = (volume: KubeObject) => (volume.spec ?? {}) as VolumeSpec;
export const phaseOf = ({status}: KubeObject) => (status as {phase?: string} | undefined)?.phase;

/** The names of the claims that a Pod mounts. */
export function claimNamesOf(pod: KubeObject): string[] {
  const {volumes = []} = (pod.spec ?? {}) as {volumes?: {persistentVolumeClaim?: {claimName: string}}[]};
  return volumes.flatMap(({persistentVolumeClaim}) => persistentVolumeClaim?.claimName ?? []);
}

/**
 * The claims that a milestone is about: those it selects, or those that its Pods mount; where it is about neither,
 * all of the lab. An answer is looked up, whatever the claims are like.
 */
export function claimsOf(context: RuleContext): KubeObject[] {
  const {milestone, scene} = context;
  if (milestone.answer || milestone.gone) return [];
  const kind = milestone.object?.kind;
  if (kind === 'persistentvolumeclaims' && milestone.object) return inLab(milestone.object, scene);
  const all = inLab({kind: 'persistentvolumeclaims'}, scene);
  if (kind === undefined || kind === 'persistentvolumes') return all;
  const mounted = new Set(podsOf(context).flatMap(claimNamesOf));
  return all.filter(({metadata}) => mounted.has(metadata.name));
}

/** The Pods that keep a claim from going: those that mount it and have not ended. */
export const usersOf = (claim: string, scene: Scene): KubeObject[] =>
  inLab({kind: 'pods'}, scene).filter(
    pod => claimNamesOf(pod).includes(claim) && !['Succeeded', 'Failed'].includes(phaseOf(pod) ?? ''),
  );

/** Why a volume does not suit a claim, whoever has it now; empty when it does. */
export function unsuited(volume: KubeObject, claim: KubeObject): Unsuited[] {
  const has = volumeSpecOf(volume);
  const asks = specOf(claim);
  const size = {found: has.capacity?.storage ?? '0', wanted: asks.resources?.requests?.storage ?? '0'};
  const modes = {
    found: (has.accessModes ?? []).join(', '),
    wanted: (asks.accessModes ?? []).join(', '),
  };
  const isClass = (has.storageClassName ?? '') === (asks.storageClassName ?? '');
  const hasModes = (asks.accessModes ?? []).every(mode => has.accessModes?.includes(mode));
  const mode = {found: has.volumeMode ?? 'Filesystem', wanted: asks.volumeMode ?? 'Filesystem'};
  const labels = Object.entries(asks.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const isSelected = labels.every(label => hasLabels(volume.metadata.labels, label));
  const found = Object.entries(volume.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return [
    ...(isClass
      ? []
      : [{in: 'class' as const, found: has.storageClassName ?? '', wanted: asks.storageClassName ?? ''}]),
    ...(bytesOf(size.found) >= bytesOf(size.wanted) ? [] : [{in: 'size' as const, ...size}]),
    ...(hasModes ? [] : [{in: 'access' as const, ...modes}]),
    ...(mode.found === mode.wanted ? [] : [{in: 'mode' as const, ...mode}]),
    ...(isSelected ? [] : [{in: 'selector' as const, found: found.join(','), wanted: labels.join(',')}]),
  ];
}

/** The claim that has a volume, or had it: a Released volume remembers one that is gone. */
export function holderOf(volume: KubeObject): {claim: string; uid: string | undefined} | undefined {
  const {claimRef} = volumeSpecOf(volume);
  return claimRef && {claim: claimRef.name, uid: claimRef.uid};
}
