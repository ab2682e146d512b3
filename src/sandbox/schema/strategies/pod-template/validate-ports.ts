import type {Container, ContainerPort} from 'kubernetes-types/core/v1.d.ts';
import type {StatusCause} from '../../../status-error.ts';
import {duplicate, invalid, notSupported, required} from '../field-errors.ts';
import {portName} from '../names.ts';
import {port} from '../numbers.ts';

export const protocols = ['SCTP', 'TCP', 'UDP'];

export function validatePorts({ports = []}: Container, field: string): StatusCause[] {
  const names = new Set<string>();
  return ports.flatMap((one, index) => validatePort(one, names, `${field}.ports[${index}]`));
}

function validatePort(one: ContainerPort, names: Set<string>, field: string): StatusCause[] {
  const {name, containerPort, hostPort, protocol} = one;
  return [
    ...(name ? validateName(name, names, `${field}.name`) : []),
    ...(containerPort
      ? port(`${field}.containerPort`, containerPort)
      : [required(`${field}.containerPort`, '')]),
    ...(hostPort ? port(`${field}.hostPort`, hostPort) : []),
    ...(protocol && protocols.includes(protocol)
      ? []
      : [notSupported(`${field}.protocol`, protocol, protocols)]),
  ];
}

function validateName(name: string, names: Set<string>, field: string): StatusCause[] {
  const wrong = portName(name).map(said => invalid(field, name, said));
  const again = wrong.length === 0 && names.has(name);
  names.add(name);
  return again ? [duplicate(field, name)] : wrong;
}

/** No two containers of a Pod can have one port of the host. */
export function validateHostPorts(containers: readonly Container[], field: string): StatusCause[] {
  const taken = new Set<string>();
  return containers.flatMap(({ports = []}, container) =>
    ports.flatMap(({hostPort, hostIP = '', protocol}, index) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      const again = taken.has(key);
      taken.add(key);
      return again ? [duplicate(`${field}[${container}].ports[${index}].hostPort`, key)] : [];
    }),
  );
}
