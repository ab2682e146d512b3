import type {PersistentVolumeSpec, VolumeNodeAffinity} from 'kubernetes-types/core/v1.d.ts';
import {dnsSubdomain} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {validateAccessModes} from '../access-modes.ts';
import {amount} from '../amount.ts';
import {forbidden, invalid, notSupported, required} from '../field-errors.ts';
import {sorted} from '../go-json.ts';
import {oneOf} from '../one-of.ts';
import {validateNodeSelector} from '../pod-template/validate-affinity.ts';
import {noWayUp} from '../pod-template/validate-mounts.ts';
import {validateHostPath, validateNfs} from '../pod-template/validate-volumes.ts';

export function validateVolumeSpec(spec: PersistentVolumeSpec): StatusCause[] {
  const {accessModes = [], persistentVolumeReclaimPolicy, nodeAffinity, storageClassName, volumeMode} = spec;
  return [
    ...(accessModes.length > 0 ? [] : [required('spec.accessModes', '')]),
    ...validateAccessModes(accessModes, 'spec.accessModes'),
    ...validateCapacity(spec.capacity, 'spec.capacity'),
    ...oneOf('spec.persistentVolumeReclaimPolicy', persistentVolumeReclaimPolicy, [
      'Recycle',
      'Delete',
      'Retain',
    ]),
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, 'spec.nodeAffinity') : []),
    ...validateSources(spec),
    ...validateRecycling(spec),
    ...(storageClassName
      ? dnsSubdomain(storageClassName).map(said => invalid('spec.storageClassName', storageClassName, said))
      : []),
    ...(volumeMode === undefined ? [] : oneOf('spec.volumeMode', volumeMode, ['Block', 'Filesystem'])),
  ];
}

function validateCapacity(capacity: Record<string, string> | undefined, field: string): StatusCause[] {
  const {storage, ...others} = capacity ?? {};
  const onlyStorage = storage !== undefined && Object.keys(others).length === 0;
  return [
    ...(Object.keys(capacity ?? {}).length > 0 ? [] : [required(field, '')]),
    ...(onlyStorage ? [] : [notSupported(field, capacity ? sorted(capacity) : null, ['storage'])]),
    ...(storage === undefined || amount(storage) > 0n
      ? []
      : [invalid(`${field}[storage]`, storage, 'must be greater than zero')]),
  ];
}

const validateNodeAffinity = ({required: selector}: VolumeNodeAffinity, field: string): StatusCause[] =>
  selector
    ? validateNodeSelector(selector, `${field}.required`)
    : [required(`${field}.required`, 'must specify required node constraints')];

/** The kinds of sources that are looked at; any other is taken as it is. */
const sources = [
  'hostPath',
  'nfs',
  'local',
  'csi',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'rbd',
  'iscsi',
  'cephfs',
  'cinder',
  'fc',
  'azureFile',
  'azureDisk',
  'vsphereVolume',
] as const;

function validateSources(spec: PersistentVolumeSpec): StatusCause[] {
  const given = sources.filter(source => spec[source] !== undefined);
  if (given.length === 0) return [required('spec', 'must specify a volume type')];
  return given.flatMap((source, index) =>
    index === 0
      ? validateSource(spec, source)
      : [forbidden(`spec.${source}`, 'may not specify more than 1 volume type')],
  );
}

function validateSource(
  {hostPath, nfs, local, csi, nodeAffinity}: PersistentVolumeSpec,
  source: string,
): StatusCause[] {
  if (source === 'hostPath' && hostPath) return validateHostPath(hostPath, 'spec.hostPath');
  if (source === 'nfs' && nfs) return validateNfs(nfs, 'spec.nfs');
  if (source === 'local')
    return [
      ...(local?.path ? noWayUp(local.path, 'spec.local.path') : [required('spec.local.path', '')]),
      ...(nodeAffinity ? [] : [required('spec.nodeAffinity', 'Local volume requires node affinity')]),
    ];
  if (source !== 'csi') return [];
  return [
    ...(csi?.driver ? [] : [required('spec.csi.driver', '')]),
    ...(csi?.volumeHandle ? [] : [required('spec.csi.volumeHandle', '')]),
  ];
}

const validateRecycling = ({hostPath, persistentVolumeReclaimPolicy}: PersistentVolumeSpec): StatusCause[] =>
  persistentVolumeReclaimPolicy === 'Recycle' && hostPath && /^\/+$/.test(hostPath.path)
    ? [forbidden('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'")]
    : [];
