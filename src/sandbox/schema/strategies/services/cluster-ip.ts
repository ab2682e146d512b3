import {randomInt} from 'node:crypto';
import type {ServiceSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';
import type {StrategyContext} from '../../../registry/strategy.ts';

/** The first two numbers of every cluster IP: 10.43.0.0/16, as in k3s. */
const network = '10.43';

/** Gives a Service an address that no other has, unless it has one, wants none or is but a name. */
export function allocateClusterIp(service: Of<'services'>, context: StrategyContext): void {
  const {spec} = service;
  if (!spec || spec.type === 'ExternalName') return;
  if (!spec.clusterIP) spec.clusterIP = spec.clusterIPs?.[0] ?? freeAddress(context);
  spec.clusterIPs ??= [spec.clusterIP];
  setFamilies(spec);
}

/** Is it an address of a Service that there may be? */
export const isClusterIp = (ip: string) => {
  const [, third, fourth] = /^10\.43\.(\d{1,3})\.(\d{1,3})$/.exec(ip) ?? [];
  const index = Number(third) * 256 + Number(fourth);
  return Number(third) < 256 && Number(fourth) < 256 && index > 0 && index < 65_535;
};

/** The addresses that are not free, but for those of the Service itself. */
export const takenAddresses = ({registry}: StrategyContext, own?: Of<'services'>): ReadonlySet<string> =>
  new Set(
    registry
      .list('services')
      .filter(({metadata}) => metadata.uid !== own?.metadata.uid)
      .flatMap(({spec}) => spec?.clusterIP ?? []),
  );

function freeAddress(context: StrategyContext): string {
  const taken = takenAddresses(context);
  // From a random place on, so that addresses of deleted Services do not come back at once.
  const start = randomInt(1, 65_535);
  for (let step = 0; step < 65_534; step++) {
    const index = ((start + step) % 65_534) + 1;
    const ip = `${network}.${index >> 8}.${index & 255}`;
    if (!taken.has(ip)) return ip;
  }
  throw new Error('All 65534 addresses of Services are taken.');
}

function setFamilies(spec: ServiceSpec): void {
  // Who has neither Pods nor an address of his own may have endpoints of any kind.
  const any = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= any ? 'RequireDualStack' : 'SingleStack';
  spec.ipFamilies ??= any ? ['IPv4', 'IPv6'] : ['IPv4'];
}
