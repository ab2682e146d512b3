import type {SELinuxOptions} from 'kubernetes-types/core/v1.d.ts';
import {allContainers, namesOf, plural, quoted, whoSets} from './containers.ts';
import type {Check} from './level.ts';

const addable = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const capabilities: Check = spec => {
  const adding = allContainers(spec).filter(container =>
    notAddable(container.securityContext?.capabilities?.add),
  );
  if (adding.length === 0) return [];
  const added = new Set(adding.flatMap(({securityContext}) => securityContext?.capabilities?.add ?? []));
  const wrong = [...added].filter(capability => !addable.has(capability)).sort();
  return [
    {
      reason: 'non-default capabilities',
      detail: `${namesOf(adding)} must not include ${quoted(wrong)} in securityContext.capabilities.add`,
    },
  ];
};

const notAddable = (added: readonly string[] = []) => added.some(capability => !addable.has(capability));

export const hostNamespaces: Check = spec => {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(name => spec[name]);
  if (shared.length === 0) return [];
  return [{reason: 'host namespaces', detail: shared.map(name => `${name}=true`).join(', ')}];
};

/** Told at this level only: the next one has a rule on all kinds of volumes. */
const hostPathVolumes: Check = ({volumes = []}) => {
  const names = volumes.filter(({hostPath}) => hostPath).map(({name}) => name);
  if (names.length === 0) return [];
  return [{reason: 'hostPath volumes', detail: `${plural('volume', names)} ${quoted(names)}`}];
};

export const hostPorts: Check = spec => {
  const using = allContainers(spec).filter(({ports = []}) => ports.some(({hostPort}) => hostPort));
  const ports = using.flatMap(container => (container.ports ?? []).flatMap(({hostPort}) => hostPort || []));
  if (using.length === 0) return [];
  const listed = [...new Set(ports.map(String))].sort();
  const verb = using.length === 1 ? 'uses' : 'use';
  return [
    {
      reason: 'hostPort',
      detail: `${namesOf(using)} ${verb} ${plural('hostPort', listed)} ${listed.join(', ')}`,
    },
  ];
};

export const privileged: Check = spec => {
  const found = allContainers(spec).filter(({securityContext}) => securityContext?.privileged);
  if (found.length === 0) return [];
  return [{reason: 'privileged', detail: `${namesOf(found)} must not set securityContext.privileged=true`}];
};

/** The next level wants more of it. */
const seccomp: Check = spec => {
  const pod = spec.securityContext?.seccompProfile?.type === 'Unconfined';
  const containers = allContainers(spec).filter(
    ({securityContext}) => securityContext?.seccompProfile?.type === 'Unconfined',
  );
  if (!pod && containers.length === 0) return [];
  return [
    {
      reason: 'seccompProfile',
      detail: `${whoSets(pod, containers)} must not set securityContext.seccompProfile.type to "Unconfined"`,
    },
  ];
};

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

export const seLinux: Check = spec => {
  const pod = spec.securityContext?.seLinuxOptions;
  const containers = allContainers(spec).filter(({securityContext}) =>
    isForbidden(securityContext?.seLinuxOptions),
  );
  if (!isForbidden(pod) && containers.length === 0) return [];
  const all = [pod, ...containers.map(({securityContext}) => securityContext?.seLinuxOptions)];
  const types = [...new Set(all.flatMap(options => options?.type ?? []))].filter(
    type => !seLinuxTypes.includes(type),
  );
  const said = [
    ...(types.length > 0 ? [`${plural('type', types)} ${quoted(types.sort())}`] : []),
    ...(all.some(options => options?.user) ? ['user may not be set'] : []),
    ...(all.some(options => options?.role) ? ['role may not be set'] : []),
  ];
  const who = whoSets(isForbidden(pod), containers);
  return [
    {
      reason: 'seLinuxOptions',
      detail: `${who} set forbidden securityContext.seLinuxOptions: ${said.join('; ')}`,
    },
  ];
};

const isForbidden = (options: SELinuxOptions | undefined) =>
  options !== undefined && (!seLinuxTypes.includes(options.type ?? '') || !!options.user || !!options.role);

const sysctlNames = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

export const sysctls: Check = ({securityContext}) => {
  const names = (securityContext?.sysctls ?? []).map(({name}) => name).filter(name => !sysctlNames.has(name));
  return names.length === 0 ? [] : [{reason: 'forbidden sysctls', detail: names.join(', ')}];
};

/** In the order of the rules' names, as they are told. */
export const baseline: readonly Check[] = [
  capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  seLinux,
  seccomp,
  sysctls,
];
