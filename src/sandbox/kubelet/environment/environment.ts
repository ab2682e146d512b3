import type {Container, EnvFromSource, EnvVarSource} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {expand} from './expand.ts';
import {fieldValue, type PodPlace} from './field-value.ts';
import {resourceValue} from './resource-value.ts';
import {serviceVariables} from './service-variables.ts';

/** A container cannot be made as its Pod describes it: CreateContainerConfigError, with this message. */
export class ContainerConfigError extends Error {
  override readonly name = 'ContainerConfigError';
}

interface Source {
  registry: Registry;
  pod: Of<'pods'>;
  place: PodPlace;
}

/**
 * A container's variables besides those of its image: Services' first, then envFrom, then env.
 * @throws ContainerConfigError for a ConfigMap, Secret or key that is not there and not optional
 */
export function environment(container: Container, source: Source): Record<string, string> {
  const {registry, pod} = source;
  const services = serviceVariables(registry, pod);
  const own: Record<string, string> = {};
  for (const from of container.envFrom ?? []) Object.assign(own, valuesFrom(from, source));
  for (const {name, value, valueFrom} of container.env ?? []) {
    const found = valueFrom
      ? referencedValue(valueFrom, container, source)
      : expand(value ?? '', key => own[key] ?? services[key]);
    if (found !== undefined) own[name] = found;
  }
  return {...services, ...own};
}

function valuesFrom(
  {prefix = '', configMapRef, secretRef}: EnvFromSource,
  source: Source,
): Record<string, string> {
  const ref = configMapRef ?? secretRef;
  const data = configMapRef
    ? configMapData(source, configMapRef.name ?? '', configMapRef.optional)
    : secretData(source, secretRef?.name ?? '', ref?.optional);
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [`${prefix}${key}`, value]));
}

function referencedValue(from: EnvVarSource, container: Container, source: Source): string | undefined {
  const {registry, pod, place} = source;
  const {namespace} = pod.metadata;
  if (from.configMapKeyRef) {
    const {name = '', key, optional} = from.configMapKeyRef;
    return keyOf(configMapData(source, name, optional), key, optional, `ConfigMap ${namespace}/${name}`);
  }
  if (from.secretKeyRef) {
    const {name = '', key, optional} = from.secretKeyRef;
    return keyOf(secretData(source, name, optional), key, optional, `Secret ${namespace}/${name}`);
  }
  if (from.fieldRef) return fieldValue(pod, from.fieldRef.fieldPath, place) ?? '';
  if (from.resourceFieldRef) {
    const {containerName = container.name} = from.resourceFieldRef;
    const meant = pod.spec?.containers.find(({name}) => name === containerName) ?? container;
    return resourceValue(
      from.resourceFieldRef,
      meant,
      registry.get('nodes', undefined, pod.spec?.nodeName ?? ''),
    );
  }
  return undefined;
}

function keyOf(
  data: Record<string, string> | undefined,
  key: string,
  optional: boolean | undefined,
  where: string,
) {
  if (data?.[key] === undefined && !optional)
    throw new ContainerConfigError(`couldn't find key ${key} in ${where}`);
  return data?.[key];
}

function configMapData({registry, pod}: Source, name: string, optional = false) {
  const found = registry.get('configmaps', pod.metadata.namespace, name);
  if (!found && !optional) throw new ContainerConfigError(`configmap "${name}" not found`);
  return found?.data ?? (found && {});
}

function secretData(
  {registry, pod}: Source,
  name: string,
  optional = false,
): Record<string, string> | undefined {
  const found = registry.get('secrets', pod.metadata.namespace, name);
  if (!found && !optional) throw new ContainerConfigError(`secret "${name}" not found`);
  return (
    found && Object.fromEntries(Object.entries(found.data ?? {}).map(([key, value]) => [key, decoded(value)]))
  );
}

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();
