import type {KubeObject, Of} from '../../objects.ts';
import {StatusError} from '../../status-error.ts';
import {type Claim, classOf, selectedNode, type Volume, waitsForConsumer} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {storageProvisioner} from './order-volume.ts';

/** What makes and removes the volumes of its classes. */
export interface Provisioner {
  /** As classes name it, e.g. rancher.io/local-path. */
  name: string;
  /** Who it is in events: its name and that of its process. */
  component: string;
  /** @throws ProvisioningError */
  provision(order: VolumeOrder): Promise<ProvisionedVolume>;
  /** @throws ProvisioningError */
  remove(volume: Volume): Promise<void>;
}

export interface VolumeOrder {
  claim: Claim;
  storageClass: Of<'storageclasses.storage.k8s.io'>;
  /** What the volume will be called. */
  volumeName: string;
  /** Where the scheduler wants it; undefined for classes that bind at once. */
  nodeName: string | undefined;
}

/** What only the provisioner knows of the volume it made. */
export interface ProvisionedVolume {
  annotations: Record<string, string>;
  spec: Partial<NonNullable<Volume['spec']>>;
}

/** Why there is no volume, for the event that says so. It is tried again later. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
}

/**
 * Runs a provisioner as Kubernetes' library for external ones does: makes a volume for each claim that the binder left
 * to it, and deletes those that were released.
 */
export function runProvisioner(context: ControlContext, provisioner: Provisioner): void {
  const failures = new Map<string, number>();
  reconciler(context, {
    name: provisioner.component,
    watches: {persistentvolumeclaims: itself, persistentvolumes: itself},
    async reconcile(key) {
      const {namespace, name} = fromKey(key);
      const work =
        namespace === undefined
          ? deleteIfReleased(context, provisioner, name)
          : provisionIfOrdered(context, provisioner, namespace, name);
      const outcome = await work;
      if (outcome === 'done') failures.delete(key);
      return outcome === 'failed' ? backOff(failures, key) : undefined;
    },
  });
}

type Outcome = 'done' | 'failed';

/** The library's default: 15 s, doubled each time, at most 1000 s. */
function backOff(failures: Map<string, number>, key: string): LookAgain {
  const times = failures.get(key) ?? 0;
  failures.set(key, times + 1);
  return {after: Math.min(15_000 * 2 ** times, 1_000_000)};
}

async function provisionIfOrdered(
  context: ControlContext,
  provisioner: Provisioner,
  namespace: string,
  name: string,
): Promise<Outcome> {
  const {registry, recorder} = context;
  const claim = registry.get('persistentvolumeclaims', namespace, name);
  const order = claim && orderFrom(context, provisioner, claim);
  if (!order) return 'done';
  const source = {component: provisioner.component};
  const say = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    recorder.event(claim, type, reason, message, source);
  say(
    'Normal',
    'Provisioning',
    `External provisioner is provisioning volume for claim "${namespace}/${name}"`,
  );
  try {
    const made = await provisioner.provision(order);
    store(context, provisioner, order, made);
    say('Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${order.volumeName}`);
    return 'done';
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error;
    say('Warning', 'ProvisioningFailed', error.message);
    return 'failed';
  }
}

/** Undefined when the claim does not want a volume of this provisioner now. */
function orderFrom({registry}: ControlContext, {name}: Provisioner, claim: Claim): VolumeOrder | undefined {
  const {annotations = {}, deletionTimestamp, uid} = claim.metadata;
  if (claim.spec?.volumeName || deletionTimestamp || annotations[storageProvisioner] !== name)
    return undefined;
  const storageClass = registry.get('storageclasses.storage.k8s.io', undefined, classOf(claim));
  const nodeName = annotations[selectedNode];
  if (!storageClass || (waitsForConsumer(registry, claim) && nodeName === undefined)) return undefined;
  return {claim, storageClass, volumeName: `pvc-${uid}`, nodeName};
}

function store(
  {registry}: ControlContext,
  {name}: Provisioner,
  {claim, storageClass, volumeName}: VolumeOrder,
  {annotations, spec}: ProvisionedVolume,
): void {
  const {apiVersion, kind, metadata} = claim;
  const volume: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {name: volumeName, annotations: {...annotations, 'pv.kubernetes.io/provisioned-by': name}},
    spec: {
      accessModes: claim.spec?.accessModes,
      capacity: {storage: claim.spec?.resources?.requests?.storage},
      claimRef: {
        apiVersion,
        kind,
        namespace: metadata.namespace,
        name: metadata.name,
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
      },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: 'Filesystem',
      ...spec,
    },
  };
  try {
    registry.create('persistentvolumes', volume);
  } catch (error) {
    // Made before a crash that came before the claim was bound.
    if (!(error instanceof StatusError && error.reason === 'AlreadyExists')) throw error;
  }
}

async function deleteIfReleased(
  {registry, recorder}: ControlContext,
  {name: provisionerName, component, remove}: Provisioner,
  name: string,
): Promise<Outcome> {
  const volume = registry.get('persistentvolumes', undefined, name);
  if (!volume || !isToBeDeleted(volume, provisionerName)) return 'done';
  // A crash must not bring back the claim of data that is gone.
  await registry.durable();
  try {
    await remove(volume);
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error;
    recorder.event(volume, 'Warning', 'VolumeFailedDelete', error.message, {component});
    return 'failed';
  }
  if (registry.get('persistentvolumes', undefined, name)?.metadata.uid === volume.metadata.uid)
    registry.delete('persistentvolumes', undefined, name);
  return 'done';
}

const isToBeDeleted = ({metadata, spec, status}: Volume, provisionerName: string) =>
  metadata.annotations?.['pv.kubernetes.io/provisioned-by'] === provisionerName &&
  metadata.deletionTimestamp === undefined &&
  status?.phase === 'Released' &&
  spec?.persistentVolumeReclaimPolicy === 'Delete';
