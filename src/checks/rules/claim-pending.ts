import {type KubeObject, refOf} from '../../world/object.ts';
import type {WhyPending} from '../facts/claims.ts';
import type {Mismatch} from '../judgement.ts';
import {nearest} from '../nearest.ts';
import type {Scene} from '../select.ts';
import {claimsOf, holderOf, phaseOf, specOf, unsuited, usersOf, volumeSpecOf} from './claims.ts';
import {controllersTime, eventAbout, isOldEnough, type Rule} from './rule.ts';

const classes = 'storageclasses.storage.k8s.io';

/** A claim has no volume: nobody makes it one, and none that is there suits. */
export const claimPending: Rule = context => {
  for (const claim of claimsOf(context)) {
    if (phaseOf(claim) !== 'Pending' || claim.metadata.deletionTimestamp !== undefined) continue;
    const {why, proof, path = 'spec.storageClassName'} = reasonOf(claim, context.scene);
    if (!why || !isOldEnough(claim, controllersTime, context)) continue;
    // That it is not as asked is more than that it waits, as it should.
    if (why.reason === 'waits-for-pod' && context.mismatches.some(isOfSpec)) continue;
    return {
      code: 'claim-pending',
      facts: why,
      object: refOf('persistentvolumeclaims', claim),
      path,
      // It only waits for its Pod, as it should.
      ...(why.reason === 'waits-for-pod' ? {} : {verdict: 'off-track'}),
      ...(proof === undefined ? {} : {proof}),
    };
  }
  return undefined;
};

const isOfSpec = (mismatch: Mismatch) =>
  mismatch.type === 'field' && mismatch.path.startsWith('spec.') && mismatch.found !== undefined;

interface Reason {
  why?: WhyPending;
  path?: string;
  proof?: string | undefined;
}

function reasonOf(claim: KubeObject, scene: Scene): Reason {
  const {storageClassName: wanted, volumeName} = specOf(claim);
  const failure = eventAbout(claim, 'ProvisioningFailed', scene);
  if (volumeName) return ofNamedVolume(volumeName, claim, scene);
  if (wanted === undefined) {
    const known = classNames(scene);
    return scene.world.sees(classes) ? {why: {reason: 'no-default-class', known}} : {};
  }
  const provided = scene.world.objects(classes).find(({metadata}) => metadata.name === wanted);
  const isUnknown = scene.world.sees(classes)
    ? !provided
    : failure?.includes(`"${wanted}" not found`) === true || wanted === '';
  if (isUnknown || provided?.provisioner === 'kubernetes.io/no-provisioner')
    return ofVolumesThere(wanted, claim, scene, failure);
  if (failure !== undefined) return {why: {reason: 'provisioning-failed'}, proof: failure};
  const waits = provided?.volumeBindingMode === 'WaitForFirstConsumer';
  const proof = eventAbout(claim, 'WaitForFirstConsumer', scene);
  return (waits || proof !== undefined) && usersOf(claim.metadata.name, scene).length === 0
    ? {why: {reason: 'waits-for-pod', class: wanted}, proof}
    : {};
}

function ofNamedVolume(name: string, claim: KubeObject, scene: Scene): Reason {
  // The controller chose it and is about to bind it; the volume may only not have been seen yet.
  if (claim.metadata.annotations?.['pv.kubernetes.io/bound-by-controller'] === 'yes') return {};
  const path = 'spec.volumeName';
  const volumes = scene.world.objects('persistentvolumes');
  const volume = volumes.find(({metadata}) => metadata.name === name);
  const proof = eventAbout(claim, 'FailedBinding', scene);
  if (!volume) {
    if (!scene.world.sees('persistentvolumes')) return {};
    const near = nearest(
      name,
      volumes.map(({metadata}) => metadata.name),
    );
    return {why: {reason: 'volume-unknown', volume: name, ...(near ? {nearest: near} : {})}, path};
  }
  const taken = takenBy(volume, claim);
  if (taken !== undefined) return {why: {reason: 'volume-taken', volume: name, by: taken}, path, proof};
  const differences = unsuited(volume, claim);
  if (differences.length === 0) return {};
  const closest = {volume: name, unsuited: differences};
  return {why: {reason: 'no-volume', class: specOf(claim).storageClassName ?? '', nearest: closest}, path};
}

/** No provisioner serves the class, so only a volume that somebody has made can be bound. */
function ofVolumesThere(wanted: string, claim: KubeObject, scene: Scene, proof: string | undefined): Reason {
  if (!scene.world.sees('persistentvolumes')) {
    return wanted === ''
      ? {}
      : {why: {reason: 'class-unknown', wanted, known: classNames(scene), ofVolumes: []}, proof};
  }
  const volumes = scene.world.objects('persistentvolumes');
  const ofClass = volumes.filter(volume => (volumeSpecOf(volume).storageClassName ?? '') === wanted);
  // What the cluster made for a claim is nobody else's to have.
  const spare = volumes.filter(volume => volume.metadata.annotations?.[provisionedBy] === undefined);
  if (ofClass.length === 0 && wanted !== '') {
    const ofVolumes = new Set(spare.map(volume => volumeSpecOf(volume).storageClassName ?? ''));
    const known = classNames(scene);
    return {why: {reason: 'class-unknown', wanted, known, ofVolumes: [...ofVolumes].filter(Boolean)}, proof};
  }
  const suiting = ofClass.filter(volume => unsuited(volume, claim).length === 0);
  const taken = suiting.find(volume => takenBy(volume, claim) !== undefined);
  if (suiting.some(volume => takenBy(volume, claim) === undefined)) return {};
  if (taken) {
    const by = takenBy(taken, claim) ?? '';
    return {why: {reason: 'volume-taken', volume: taken.metadata.name, by}, proof};
  }
  const [closest] = (ofClass.length > 0 ? ofClass : spare)
    .map(volume => ({volume: volume.metadata.name, unsuited: unsuited(volume, claim)}))
    .sort((a, b) => a.unsuited.length - b.unsuited.length);
  const paths = {class: 'spec.storageClassName', size: 'spec.resources.requests.storage'};
  const [first] = closest?.unsuited ?? [];
  return {
    why: {reason: 'no-volume', class: wanted, ...(closest ? {nearest: closest} : {})},
    path: {...paths, access: 'spec.accessModes', mode: 'spec.volumeMode', selector: 'spec.selector'}[
      first?.in ?? 'class'
    ],
    proof,
  };
}

const provisionedBy = 'pv.kubernetes.io/provisioned-by';

/** The name of another claim that has the volume. */
function takenBy(volume: KubeObject, claim: KubeObject): string | undefined {
  const holder = holderOf(volume);
  if (!holder) return undefined;
  const isOwn = holder.claim === claim.metadata.name && [undefined, claim.metadata.uid].includes(holder.uid);
  return isOwn ? undefined : holder.claim;
}

const classNames = ({world}: Scene) => world.objects(classes).map(({metadata}) => metadata.name);
