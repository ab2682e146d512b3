import {randomUUID} from 'node:crypto';
import type {KubeObject} from '../../objects.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {type ProvisionedVolume, ProvisioningError, runProvisioner, type VolumeOrder} from './provision.ts';

/** The default class of a minikube cluster. */
export const minikubeClass: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    labels: {'addonmanager.kubernetes.io/mode': 'EnsureExists'},
    annotations: {'storageclass.kubernetes.io/is-default-class': 'true'},
  },
  provisioner: 'k8s.io/minikube-hostpath',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
};

/**
 * Volumes as minikube has them: a directory on the control plane, bound at once, and nothing that says where it is. A
 * Pod on another node finds an empty directory there.
 */
export const minikubeHostpathProvisioner: Controller = context => {
  const identity = randomUUID();
  runProvisioner(context, {
    name: 'k8s.io/minikube-hostpath',
    component: `k8s.io/minikube-hostpath_minikube_${identity}`,
    provision: order => provision(context, order, identity),
    async remove({metadata, spec}) {
      const path = spec?.hostPath?.path;
      if (!path?.startsWith(`${storagePath}/`))
        throw new ProvisioningError(`${metadata.name} is not a volume of this provisioner`);
      await controlPlane(context).files.remove(path);
    },
  });
};

const storagePath = '/tmp/hostpath-provisioner';

async function provision(
  context: ControlContext,
  {claim: {metadata}}: VolumeOrder,
  identity: string,
): Promise<ProvisionedVolume> {
  const path = `${storagePath}/${metadata.namespace}/${metadata.name}`;
  await controlPlane(context).files.makeDirectory(path, 0o777);
  return {annotations: {hostPathProvisionerIdentity: identity}, spec: {hostPath: {path, type: ''}}};
}

/** The provisioner itself runs there, so while it is switched off nothing is made. */
function controlPlane({machines}: ControlContext) {
  const server = machines.list().find(({role}) => role === 'server');
  if (!server?.running) throw new ProvisioningError('the control plane is not running');
  return server;
}
