import {randomUUID} from 'node:crypto';
import type {SandboxClock} from '../../clock.ts';
import type {NodeMachine} from '../../node/machine.ts';
import type {KubeObject} from '../../objects.ts';
import {generateName} from '../../registry/generate-name.ts';
import type {Volume} from '../../volume-matching.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {contentHash} from '../workload/template.ts';
import {type ProvisionedVolume, ProvisioningError, runProvisioner, type VolumeOrder} from './provision.ts';

/** The default class of a k3d cluster. */
export const localPathClass: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'local-path',
    annotations: {defaultVolumeType: 'local', 'storageclass.kubernetes.io/is-default-class': 'true'},
  },
  provisioner: 'rancher.io/local-path',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** Volumes as k3s has them: a directory on the node where the first Pod goes, which the volume never leaves. */
export const localPathProvisioner: Controller = context => {
  runProvisioner(context, {
    name: 'rancher.io/local-path',
    component: `rancher.io/local-path_${podName()}_${randomUUID()}`,
    provision: order => provision(context, order),
    remove: volume => remove(context, volume),
  });
};

/** As of the Pod that the real provisioner runs in; here it is a part of the process. */
const podName = () => generateName(`local-path-provisioner-${contentHash(randomUUID())}-`);

const storagePath = '/var/lib/rancher/k3s/storage';
const nodeOfVolume = 'local.path.provisioner/selected-node';

async function provision(
  context: ControlContext,
  {claim, volumeName, nodeName}: VolumeOrder,
): Promise<ProvisionedVolume> {
  const {metadata, spec} = claim;
  if (spec?.selector) throw new ProvisioningError('claim.Spec.Selector is not supported');
  if (nodeName === undefined) throw new ProvisioningError('only WaitForFirstConsumer is supported');
  if (!(spec?.accessModes ?? []).every(mode => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod'))
    throw new ProvisioningError('NodePath only supports ReadWriteOnce and ReadWriteOncePod access modes');
  const path = `${storagePath}/${volumeName}_${metadata.namespace}_${metadata.name}`;
  const machine = await runningMachine(context, nodeName, `failed to create volume ${volumeName}`);
  await machine.files.makeDirectory(path, 0o777);
  const node = context.registry.get('nodes', undefined, nodeName);
  const hostname = node?.metadata.labels?.['kubernetes.io/hostname'] ?? nodeName;
  return {
    annotations: {[nodeOfVolume]: nodeName},
    spec: {local: {path}, nodeAffinity: {required: {nodeSelectorTerms: [onHost(hostname)]}}},
  };
}

const onHost = (hostname: string) => ({
  matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [hostname]}],
});

async function remove(context: ControlContext, {metadata, spec}: Volume): Promise<void> {
  const nodeName = metadata.annotations?.[nodeOfVolume];
  const path = spec?.local?.path;
  if (nodeName === undefined || !path?.startsWith(`${storagePath}/`))
    throw new ProvisioningError(`${metadata.name} is not a volume of this provisioner`);
  const failed = `failed to delete volume ${metadata.name}`;
  const machine = await runningMachine(context, nodeName, `${failed}: ${failed}`);
  await machine.files.remove(path);
}

/** The real provisioner starts a helper Pod on the node, and waits for it for so many milliseconds. */
const patience = 120_000;

async function runningMachine(
  {machines, clock}: ControlContext,
  nodeName: string,
  failed: string,
): Promise<NodeMachine> {
  const machine = machines.get(nodeName);
  if (!machine) throw new ProvisioningError(`nodes "${nodeName}" not found`);
  if (!machine.running && !(await comesUp(machine, clock)))
    throw new ProvisioningError(`${failed}: create process timeout after ${patience / 1000} seconds`);
  return machine;
}

const comesUp = (machine: NodeMachine, clock: SandboxClock) =>
  new Promise<boolean>(resolve => {
    const settle = (running: boolean) => {
      stopWaiting();
      stopListening();
      resolve(running);
    };
    const stopWaiting = clock.after(patience, () => settle(false));
    const stopListening = machine.onPower(running => {
      if (running) settle(true);
    });
  });
