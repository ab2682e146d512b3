import {type Claim, classOf} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {binderSource} from './source.ts';

/** On a claim: who has to make its volume. The older key is still written beside the newer. */
export const storageProvisioner = 'volume.kubernetes.io/storage-provisioner';
const betaStorageProvisioner = 'volume.beta.kubernetes.io/storage-provisioner';

/** Leaves a claim to the provisioner of its class, and tells that this is waited for. */
export function orderVolume({registry, recorder}: ControlContext, claim: Claim): void {
  const storageClass = registry.get('storageclasses.storage.k8s.io', undefined, classOf(claim));
  const fail = (message: string) =>
    recorder.event(claim, 'Warning', 'ProvisioningFailed', message, binderSource);
  if (!storageClass) {
    fail(`storageclass.storage.k8s.io "${classOf(claim)}" not found`);
    return;
  }
  const {provisioner} = storageClass;
  if (provisioner.startsWith('kubernetes.io/')) {
    fail(`no volume plugin matched name: ${provisioner}`);
    return;
  }
  const ordered =
    registry.change('persistentvolumeclaims', claim, ({metadata}) => {
      metadata.annotations = {
        ...metadata.annotations,
        [betaStorageProvisioner]: provisioner,
        [storageProvisioner]: provisioner,
      };
    }) ?? claim;
  recorder.event(
    ordered,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
    binderSource,
  );
}
