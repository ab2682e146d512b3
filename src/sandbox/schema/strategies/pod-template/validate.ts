import type {HostAlias, PodSpec, PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import {dnsLabel, dnsSubdomain, qualifiedName} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid, required} from '../field-errors.ts';
import {validateIp} from '../ip-address.ts';
import {validateLabels} from '../label-selector.ts';
import {inRange} from '../numbers.ts';
import {oneOf} from '../one-of.ts';
import {validateAffinity} from './validate-affinity.ts';
import {validateContainers, validateInitContainers} from './validate-container.ts';
import {validateHostNetwork} from './validate-host-network.ts';
import {validateTopologySpread} from './validate-scheduling.ts';
import {validatePodSecurity} from './validate-security.ts';
import {validateTolerations} from './validate-tolerations.ts';
import {validateVolumes} from './validate-volumes.ts';

/** @param claims the names of volumes that the workload itself brings, as a StatefulSet's claim templates */
export function validateTemplate(
  {metadata, spec}: PodTemplateSpec,
  field: string,
  claims: readonly string[] = [],
): StatusCause[] {
  return [
    ...validateLabels(metadata?.labels, `${field}.labels`),
    ...Object.keys(metadata?.annotations ?? {}).flatMap(key =>
      qualifiedName(key.toLowerCase()).map(said => invalid(`${field}.annotations`, key, said)),
    ),
    ...(spec ? validatePodSpec(spec, `${field}.spec`, claims) : []),
  ];
}

/** What Pods and templates have in common, in the order in which the API looks at it. */
export function validatePodSpec(spec: PodSpec, field: string, claims: readonly string[] = []): StatusCause[] {
  const {causes: wrongVolumes, names} = validateVolumes(spec.volumes ?? [], `${field}.volumes`);
  const volumes = new Set([...names, ...claims]);
  const containers = spec.containers ?? [];
  return [
    ...wrongVolumes,
    ...validateContainers(containers, volumes, `${field}.containers`),
    ...validateInitContainers(
      spec.initContainers ?? [],
      containers.map(({name}) => name),
      volumes,
      `${field}.initContainers`,
    ),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never'], {inOrder: true}),
    ...oneOf(`${field}.dnsPolicy`, spec.dnsPolicy, dnsPolicies, {inOrder: true}),
    ...validateLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...validateHostNetwork(spec, field),
    ...validatePodSecurity(spec, `${field}.securityContext`),
    ...(spec.affinity ? validateAffinity(spec.affinity, `${field}.affinity`) : []),
    ...validateDnsConfig(spec, field),
    ...named(spec.serviceAccountName, dnsSubdomain, `${field}.serviceAccountName`),
    ...named(spec.nodeName, dnsSubdomain, `${field}.nodeName`),
    ...(spec.activeDeadlineSeconds === undefined
      ? []
      : inRange(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1, 2 ** 31 - 1)),
    ...named(spec.hostname, dnsLabel, `${field}.hostname`),
    ...named(spec.subdomain, dnsLabel, `${field}.subdomain`),
    ...validateTolerations(spec.tolerations ?? [], `${field}.tolerations`),
    ...(spec.hostAliases ?? []).flatMap((alias, index) =>
      validateHostAlias(alias, `${field}.hostAliases[${index}]`),
    ),
    ...validateTopologySpread(spec, field),
  ];
}

const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

const named = (value: string | undefined, rule: (name: string) => string[], field: string): StatusCause[] =>
  value ? rule(value).map(said => invalid(field, value, said)) : [];

const validateDnsConfig = ({dnsPolicy, dnsConfig}: PodSpec, field: string): StatusCause[] =>
  dnsPolicy === 'None' && !dnsConfig
    ? [required(`${field}.dnsConfig`, 'must provide `dnsConfig` when `dnsPolicy` is None')]
    : [];

function validateHostAlias({ip, hostnames = []}: HostAlias, field: string): StatusCause[] {
  return [
    ...validateIp(ip ?? '', `${field}.ip`),
    ...hostnames.flatMap((name, index) =>
      dnsSubdomain(name).map(said => invalid(`${field}.hostnames[${index}]`, name, said)),
    ),
  ];
}
