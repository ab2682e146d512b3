import type {
  ConfigMapVolumeSource,
  EmptyDirVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
  Volume,
} from 'kubernetes-types/core/v1.d.ts';
import {dnsLabel} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {amount} from '../amount.ts';
import {duplicate, forbidden, invalid, required} from '../field-errors.ts';
import {oneOf} from '../one-of.ts';
import {validateClaimSpec} from '../persistentvolumeclaims/validate-spec.ts';
import {noWayUp} from './validate-mounts.ts';
import {validateProjected} from './validate-projected.ts';
import {validateFiles, validateItem, validateMode} from './validate-volume-files.ts';

/** @returns what is wrong, and the names of the volumes with which nothing is: containers can mount only these */
export function validateVolumes(
  volumes: readonly Volume[],
  field: string,
): {causes: StatusCause[]; names: Set<string>} {
  const names = new Set<string>();
  const causes = volumes.flatMap((volume, index) => {
    const path = `${field}[${index}]`;
    const wrong = [...validateSource(volume, path), ...validateName(volume.name, names, `${path}.name`)];
    if (wrong.length === 0) names.add(volume.name);
    return wrong;
  });
  return {causes, names};
}

function validateName(name: string | undefined, names: ReadonlySet<string>, field: string): StatusCause[] {
  if (!name) return [required(field, '')];
  const wrong = dnsLabel(name).map(said => invalid(field, name, said));
  return wrong.length === 0 && names.has(name) ? [duplicate(field, name)] : wrong;
}

/** The kinds whose contents are looked at, in the order in which the API does; a second kind is one too many. */
const kinds = [
  'emptyDir',
  'hostPath',
  'secret',
  'nfs',
  'persistentVolumeClaim',
  'configMap',
  'downwardAPI',
  'projected',
  'ephemeral',
] as const;

function validateSource(volume: Volume, field: string): StatusCause[] {
  const given = kinds.filter(kind => volume[kind] !== undefined);
  return given.flatMap((kind, index) =>
    index === 0
      ? validateKind(volume, kind, `${field}.${kind}`)
      : [forbidden(`${field}.${kind}`, 'may not specify more than 1 volume type')],
  );
}

function validateKind(volume: Volume, kind: (typeof kinds)[number], field: string): StatusCause[] {
  const {emptyDir, hostPath, secret, nfs, persistentVolumeClaim: claim, configMap} = volume;
  if (kind === 'emptyDir' && emptyDir) return validateEmptyDir(emptyDir, field);
  if (kind === 'hostPath' && hostPath) return validateHostPath(hostPath, field);
  if (kind === 'nfs' && nfs) return validateNfs(nfs, field);
  if (kind === 'persistentVolumeClaim') return claim?.claimName ? [] : [required(`${field}.claimName`, '')];
  if (kind === 'secret' && secret)
    return validateKeys(secret, secret.secretName, `${field}.secretName`, field);
  if (kind === 'configMap' && configMap)
    return validateKeys(configMap, configMap.name, `${field}.name`, field);
  if (kind === 'downwardAPI') return validateFiles(volume.downwardAPI?.items ?? [], field);
  if (kind === 'projected') return validateProjected(volume.projected?.sources ?? [], field);
  return validateEphemeral(volume, field);
}

function validateEmptyDir({sizeLimit}: EmptyDirVolumeSource, field: string): StatusCause[] {
  return sizeLimit !== undefined && amount(sizeLimit) < 0n
    ? [forbidden(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
    : [];
}

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** Of Pods and of PersistentVolumes alike. */
export function validateHostPath({path, type}: HostPathVolumeSource, field: string): StatusCause[] {
  if (!path) return [required(`${field}.path`, '')];
  return [
    ...noWayUp(path, `${field}.path`),
    ...(type === undefined ? [] : oneOf(`${field}.type`, type, hostPathTypes)),
  ];
}

/** Of Pods and of PersistentVolumes alike. */
export function validateNfs({server, path}: NFSVolumeSource, field: string): StatusCause[] {
  return [
    ...(server ? [] : [required(`${field}.server`, '')]),
    ...(path ? [] : [required(`${field}.path`, '')]),
    ...(path && !path.startsWith('/') ? [invalid(`${field}.path`, path, 'must be an absolute path')] : []),
  ];
}

/** What Secrets and ConfigMaps have in common as volumes. */
function validateKeys(
  {defaultMode, items = []}: Pick<ConfigMapVolumeSource, 'defaultMode' | 'items'>,
  name: string | undefined,
  nameField: string,
  field: string,
): StatusCause[] {
  return [
    ...(name ? [] : [required(nameField, '')]),
    ...validateMode(defaultMode, `${field}.defaultMode`),
    ...items.flatMap((item, index) => validateItem(item, `${field}.items[${index}]`)),
  ];
}

function validateEphemeral({ephemeral}: Volume, field: string): StatusCause[] {
  const template = ephemeral?.volumeClaimTemplate;
  if (!template) return [required(`${field}.volumeClaimTemplate`, '')];
  return validateClaimSpec(template.spec, `${field}.volumeClaimTemplate.spec`);
}
