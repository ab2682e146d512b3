import type {Of} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalid} from '../field-errors.ts';
import {isClusterIp, takenAddresses} from './cluster-ip.ts';
import {nodePortRange, takenNodePorts} from './node-ports.ts';

/** Can it have the address and the node ports that it asks for? The first that it can not have is told. */
export function validateAllocation(service: Of<'services'>, context: StrategyContext): StatusCause[] {
  return [...validateAddress(service, context), ...validateNodePorts(service, context)].slice(0, 1);
}

function validateAddress(service: Of<'services'>, context: StrategyContext): StatusCause[] {
  const ip = service.spec?.clusterIP;
  if (!ip || ip === 'None') return [];
  const refused = (why: string) => [
    invalid('spec.clusterIPs', service.spec?.clusterIPs, `failed to allocate IP ${ip}: ${why}`),
  ];
  if (!isClusterIp(ip)) return refused('the provided network does not match the current range');
  return takenAddresses(context, service).has(ip) ? refused('provided IP is already allocated') : [];
}

function validateNodePorts(service: Of<'services'>, context: StrategyContext): StatusCause[] {
  const taken = takenNodePorts(context, service);
  /** Node port → the port it leads to: TCP and UDP can share them. */
  const own = new Map<number, number>();
  return (service.spec?.ports ?? []).flatMap(({nodePort, port}, index) => {
    if (!nodePort) return [];
    const problem = nodePortProblem(nodePort, taken.has(nodePort) || (own.get(nodePort) ?? port) !== port);
    own.set(nodePort, port);
    return problem === undefined ? [] : [invalid(`spec.ports[${index}].nodePort`, nodePort, problem)];
  });
}

function nodePortProblem(nodePort: number, isTaken: boolean): string | undefined {
  const {first, last} = nodePortRange;
  if (nodePort < first || nodePort > last)
    return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
  return isTaken ? 'provided port is already allocated' : undefined;
}
