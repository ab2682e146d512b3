import type {ServicePort, ServiceSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import {dnsLabel, dnsSubdomain} from '../../../registry/names.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import type {StatusCause} from '../../../status-error.ts';
import {duplicate, forbidden, invalid, required} from '../field-errors.ts';
import {goJson} from '../go-json.ts';
import {validateIp} from '../ip-address.ts';
import {validateLabels} from '../label-selector.ts';
import {port} from '../numbers.ts';
import {oneOf} from '../one-of.ts';
import {validatePort as validateTarget} from '../pod-template/validate-handler.ts';
import {protocols} from '../pod-template/validate-ports.ts';
import {validateAllocation} from './validate-allocation.ts';

/** What was asked of the pools of addresses and ports is looked at only when all else is right. */
export function validateService(service: Of<'services'>, context: StrategyContext): StatusCause[] {
  const {spec} = service;
  if (!spec) return [];
  const causes = validateSpec(spec);
  return causes.length > 0 ? causes : validateAllocation(service, context);
}

function validateSpec(spec: ServiceSpec): StatusCause[] {
  const {type, clusterIP, ports = [], selector, sessionAffinity, externalIPs = []} = spec;
  return [
    ...(ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName'
      ? [required('spec.ports', '')]
      : []),
    ...validateAddress(spec),
    ...validatePorts(ports, type ?? ''),
    ...validateLabels(selector, 'spec.selector'),
    ...oneOf('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']),
    ...oneOf('spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']),
    ...externalIPs.flatMap((ip, index) => validateExternalIp(ip, `spec.externalIPs[${index}]`)),
    ...validateFamilies(spec),
  ];
}

function validateAddress({type, clusterIP, clusterIPs = [], externalName}: ServiceSpec): StatusCause[] {
  const ip = clusterIP || clusterIPs[0];
  const field = 'spec.clusterIPs[0]';
  if (type === 'ExternalName')
    return [
      ...(externalName
        ? dnsSubdomain(externalName).map(said => invalid('spec.externalName', externalName, said))
        : [required('spec.externalName', '')]),
      ...(ip ? [forbidden('spec.clusterIPs', 'may not be set for ExternalName services')] : []),
    ];
  if (!ip) return [];
  if (ip !== 'None') return validateIp(ip, field);
  return type === 'NodePort' || type === 'LoadBalancer'
    ? [invalid(field, ip, `may not be set to 'None' for ${type} services`)]
    : [];
}

function validatePorts(ports: readonly ServicePort[], type: string): StatusCause[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  return ports.flatMap((one, index) => {
    const field = `spec.ports[${index}]`;
    const {name = '', protocol, port: number} = one;
    const key = `${protocol}/${number}`;
    const [nameAgain, again] = [names.has(name), seen.has(key)];
    names.add(name);
    seen.add(key);
    return [
      ...validateName(name, nameAgain, ports.length > 1, `${field}.name`),
      ...validatePort(one, type, field),
      ...(again ? [duplicate(field, goJson('ServicePort', {protocol, port: number}))] : []),
    ];
  });
}

function validateName(name: string, again: boolean, needed: boolean, field: string): StatusCause[] {
  if (name === '') return needed ? [required(field, '')] : [];
  const wrong = dnsLabel(name).map(said => invalid(field, name, said));
  return wrong.length === 0 && again ? [duplicate(field, name)] : wrong;
}

function validatePort(one: ServicePort, type: string, field: string): StatusCause[] {
  return [
    ...port(`${field}.port`, one.port),
    ...oneOf(`${field}.protocol`, one.protocol, protocols),
    ...validateTarget(one.targetPort ?? 0, `${field}.targetPort`),
    ...(one.nodePort && type === 'ClusterIP'
      ? [forbidden(`${field}.nodePort`, "may not be used when `type` is 'ClusterIP'")]
      : []),
  ];
}

const validateExternalIp = (ip: string, field: string): StatusCause[] => [
  ...validateIp(ip, field),
  ...(/^127\.|^::1$/.test(ip)
    ? [invalid(field, ip, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')]
    : []),
];

/** The sandbox speaks IPv4 alone; who has no address does not mind. */
const validateFamilies = ({ipFamilyPolicy, clusterIP, selector, type}: ServiceSpec): StatusCause[] =>
  ipFamilyPolicy === 'RequireDualStack' && type !== 'ExternalName' && !(clusterIP === 'None' && !selector)
    ? [
        invalid(
          'spec.ipFamilyPolicy',
          ipFamilyPolicy,
          'this cluster is not configured for dual-stack services',
        ),
      ]
    : [];
