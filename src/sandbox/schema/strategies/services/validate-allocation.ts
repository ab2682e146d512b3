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
  const {first, last} = nodePortRange;
  const taken = takenNodePorts(context, service);
  return (service.spec?.ports ?? []).flatMap(({nodePort}, index) => {
    if (!nodePort) return [];
    const field = `spec.ports[${index}].nodePort`;
    if (nodePort < first || nodePort > last)
      return [
        invalid(
          field,
          nodePort,
          `provided port is not in the valid range. The range of valid ports is ${first}-${last}`,
        ),
      ];
    const again = taken.has(nodePort);
    taken.add(nodePort);
    return again ? [invalid(field, nodePort, 'provided port is already allocated')] : [];
  });
}
