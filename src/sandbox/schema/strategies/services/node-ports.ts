import {randomInt} from 'node:crypto';
import type {ServiceSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';

export const nodePortRange = {first: 30_000, last: 32_767};

/** Gives each port of a NodePort or LoadBalancer Service a port on the nodes, unless it has one. */
export function allocateNodePorts({spec}: Of<'services'>, context: StrategyContext): void {
  if (!spec || !wantsNodePorts(spec)) return;
  const taken = takenNodePorts(context);
  for (const port of spec.ports ?? []) {
    // The same number for TCP and UDP, as for DNS, is one node port.
    const twin = spec.ports?.find(
      one => one !== port && one.port === port.port && one.protocol !== port.protocol && one.nodePort,
    );
    port.nodePort ||= twin?.nodePort ?? freePort(taken);
    taken.add(port.nodePort);
  }
}

export const takenNodePorts = ({registry}: StrategyContext, own?: Of<'services'>): Set<number> =>
  new Set(
    registry
      .list('services')
      .filter(({metadata}) => metadata.uid !== own?.metadata.uid)
      .flatMap(({spec}) => spec?.ports ?? [])
      .flatMap(({nodePort}) => nodePort ?? []),
  );

const wantsNodePorts = ({type, allocateLoadBalancerNodePorts}: ServiceSpec) =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);

function freePort(taken: ReadonlySet<number>): number {
  const {first, last} = nodePortRange;
  const start = randomInt(last - first + 1);
  for (let step = 0; step <= last - first; step++) {
    const port = first + ((start + step) % (last - first + 1));
    if (!taken.has(port)) return port;
  }
  throw new Error('All node ports are taken.');
}
