import type {Volume} from 'kubernetes-types/core/v1.d.ts';
import {hostNamespaces, hostPorts, privileged, seLinux, sysctls} from './baseline.ts';
import {allContainers, namesOf, plural, quoted, whoSets} from './containers.ts';
import type {Check} from './level.ts';

const escalation: Check = spec => {
  const found = allContainers(spec).filter(
    ({securityContext}) => securityContext?.allowPrivilegeEscalation !== false,
  );
  if (found.length === 0) return [];
  const detail = `${namesOf(found)} must set securityContext.allowPrivilegeEscalation=false`;
  return [{reason: 'allowPrivilegeEscalation != false', detail}];
};

const unrestrictedCapabilities: Check = spec => {
  const containers = allContainers(spec);
  const keeping = containers.filter(
    ({securityContext}) => !securityContext?.capabilities?.drop?.includes('ALL'),
  );
  const addedBy = (added: readonly string[] = []) => added.filter(name => name !== 'NET_BIND_SERVICE');
  const adding = containers.filter(
    ({securityContext}) => addedBy(securityContext?.capabilities?.add).length > 0,
  );
  const added = new Set(adding.flatMap(({securityContext}) => addedBy(securityContext?.capabilities?.add)));
  const said = [
    ...(keeping.length > 0 ? [`${namesOf(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length > 0
      ? [
          `${namesOf(adding)} must not include ${quoted([...added].sort())} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  return said.length === 0 ? [] : [{reason: 'unrestricted capabilities', detail: said.join('; ')}];
};

const volumeKinds = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const volumeTypes: Check = ({volumes = []}) => {
  const found = volumes.filter(volume => !volumeKinds.includes(kindOf(volume)));
  if (found.length === 0) return [];
  const names = found.map(({name}) => name);
  const kinds = [...new Set(found.map(kindOf))].sort();
  const verb = found.length === 1 ? 'uses' : 'use';
  const detail = `${plural('volume', names)} ${quoted(names)} ${verb} restricted ${plural('volume type', kinds)} ${quoted(kinds)}`;
  return [{reason: 'restricted volume types', detail}];
};

const kindOf = (volume: Volume) => Object.keys(volume).find(key => key !== 'name') ?? 'unknown';

const nonRoot: Check = spec => {
  const reason = 'runAsNonRoot != true';
  const pod = spec.securityContext?.runAsNonRoot;
  const containers = allContainers(spec);
  const refusing = containers.filter(({securityContext}) => securityContext?.runAsNonRoot === false);
  if (pod === false || refusing.length > 0)
    return [
      {reason, detail: `${whoSets(pod === false, refusing)} must not set securityContext.runAsNonRoot=false`},
    ];
  const silent = containers.filter(({securityContext}) => securityContext?.runAsNonRoot === undefined);
  if (pod || silent.length === 0) return [];
  return [{reason, detail: `pod or ${namesOf(silent)} must set securityContext.runAsNonRoot=true`}];
};

const rootUser: Check = spec => {
  const pod = spec.securityContext?.runAsUser === 0;
  const containers = allContainers(spec).filter(({securityContext}) => securityContext?.runAsUser === 0);
  if (!pod && containers.length === 0) return [];
  return [{reason: 'runAsUser=0', detail: `${whoSets(pod, containers)} must not set runAsUser=0`}];
};

const seccompProfile: Check = spec => {
  const reason = 'seccompProfile';
  const wanted = 'securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  const isRight = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  const pod = spec.securityContext?.seccompProfile?.type;
  const containers = allContainers(spec);
  const wrong = containers.filter(({securityContext}) => {
    const type = securityContext?.seccompProfile?.type;
    return type !== undefined && !isRight(type);
  });
  const podIsWrong = pod !== undefined && !isRight(pod);
  if (podIsWrong || wrong.length > 0)
    return [{reason, detail: `${whoSets(podIsWrong, wrong)} must set ${wanted}`}];
  const silent = containers.filter(
    ({securityContext}) => securityContext?.seccompProfile?.type === undefined,
  );
  if (isRight(pod) || silent.length === 0) return [];
  return [{reason, detail: `pod or ${namesOf(silent)} must set ${wanted}`}];
};

/** Baseline's rules, where this level has none that says more, and its own; in the order in which they are told. */
export const restricted: readonly Check[] = [
  hostNamespaces,
  hostPorts,
  privileged,
  seLinux,
  sysctls,
  escalation,
  unrestrictedCapabilities,
  volumeTypes,
  nonRoot,
  rootUser,
  seccompProfile,
];
