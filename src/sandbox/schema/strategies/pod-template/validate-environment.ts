import type {
  Container,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  ObjectFieldSelector,
} from 'kubernetes-types/core/v1.d.ts';
import {dnsSubdomain, qualifiedName} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid, notSupported, required} from '../field-errors.ts';
import {configKey, envName} from '../names.ts';

export const validateEnvironment = ({env = []}: Container, field: string): StatusCause[] =>
  env.flatMap((variable, index) => validateVariable(variable, `${field}.env[${index}]`));

export const validateEnvFrom = ({envFrom = []}: Container, field: string): StatusCause[] =>
  envFrom.flatMap((source, index) => validateSource(source, `${field}.envFrom`, index));

function validateVariable({name, value, valueFrom}: EnvVar, field: string): StatusCause[] {
  return [
    ...(name
      ? envName(name).map(said => invalid(`${field}.name`, name, said))
      : [required(`${field}.name`, '')]),
    ...(valueFrom ? validateValueFrom(valueFrom, value, `${field}.valueFrom`) : []),
  ];
}

function validateValueFrom(source: EnvVarSource, value: string | undefined, field: string): StatusCause[] {
  const {fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef} = source;
  const given = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter(one => one !== undefined);
  const causes = [
    ...(fieldRef ? validateFieldRef(fieldRef, podFields, `${field}.fieldRef`) : []),
    ...(resourceFieldRef
      ? validateResource(resourceFieldRef.resource, `${field}.resourceFieldRef.resource`)
      : []),
    ...(configMapKeyRef ? validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeyRef(secretKeyRef, `${field}.secretKeyRef`) : []),
  ];
  if (given.length === 0)
    return [
      invalid(
        field,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    ];
  if (value) return [invalid(field, '', 'may not be specified when `value` is not empty'), ...causes];
  if (given.length > 1)
    return [invalid(field, '', 'may not have more than one field specified at a time'), ...causes];
  return causes;
}

/** Fields of a Pod that its containers can be told, in their environment; `metadata.labels['…']` besides. */
const podFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** And those that can be told in a file. */
export const fileFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

export function validateFieldRef(
  {fieldPath, apiVersion}: ObjectFieldSelector,
  supported: readonly string[],
  field: string,
): StatusCause[] {
  if (!apiVersion) return [required(`${field}.apiVersion`, '')];
  if (!fieldPath) return [required(`${field}.fieldPath`, '')];
  const [, parent, key] = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(fieldPath) ?? [];
  if (parent !== undefined && key !== undefined)
    return qualifiedName(parent === 'metadata.annotations' ? key.toLowerCase() : key).map(said =>
      invalid(field, key, said),
    );
  if (supported.includes(fieldPath)) return [];
  const known = podFields.includes(fieldPath) || fileFields.includes(fieldPath);
  return [
    known
      ? notSupported(`${field}.fieldPath`, fieldPath, supported)
      : invalid(
          `${field}.fieldPath`,
          fieldPath,
          `error converting fieldPath: field label not supported: ${fieldPath}`,
        ),
  ];
}

const containerResources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

export function validateResource(resource: string | undefined, field: string): StatusCause[] {
  if (!resource) return [required(field, '')];
  const known = containerResources.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource);
  return known ? [] : [notSupported(field, resource, containerResources)];
}

function validateKeyRef({name = '', key}: {name?: string; key: string}, field: string): StatusCause[] {
  return [
    ...dnsSubdomain(name).map(said => invalid(`${field}.name`, name, said)),
    ...(key
      ? configKey(key).map(said => invalid(`${field}.key`, key, said))
      : [required(`${field}.key`, '')]),
  ];
}

function validateSource(
  {prefix, configMapRef, secretRef}: EnvFromSource,
  field: string,
  index: number,
): StatusCause[] {
  const causes = [
    ...(prefix ? envName(prefix).map(said => invalid(`${field}[${index}].prefix`, prefix, said)) : []),
    ...(configMapRef ? validateName(configMapRef.name, `${field}[${index}].configMapRef.name`) : []),
  ];
  if (configMapRef && secretRef)
    return [...causes, invalid(field, '', 'may not have more than one field specified at a time')];
  if (secretRef) return [...causes, ...validateName(secretRef.name, `${field}[${index}].secretRef.name`)];
  return configMapRef
    ? causes
    : [...causes, invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`')];
}

const validateName = (name: string | undefined, field: string): StatusCause[] =>
  name ? dnsSubdomain(name).map(said => invalid(field, name, said)) : [required(field, '')];
