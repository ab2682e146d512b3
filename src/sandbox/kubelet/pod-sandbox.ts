import type {PodNetwork} from '../network/pod-network.ts';
import type {Of} from '../objects.ts';
import type {KubeletContext} from './kubelet-context.ts';
import type {PodAddresses} from './pod-addresses.ts';

/** What all containers of a Pod share: its place in the network. */
export interface PodSandbox {
  /** 1 for the Pod's first one on this kubelet. */
  number: number;
  ip: string;
  network: PodNetwork;
  /** Ends its connections and gives the address back. */
  remove(): void;
}

export function createSandbox(
  {network, machine}: KubeletContext,
  addresses: PodAddresses,
  pod: Of<'pods'>,
  number: number,
): PodSandbox {
  const own = pod.spec?.hostNetwork !== true;
  const ip = own ? addresses.take() : machine.ip;
  const seat = network.join({
    ip,
    namespace: pod.metadata.namespace ?? '',
    hostname: hostnameOf(pod),
  });
  return {
    number,
    ip,
    network: seat,
    remove() {
      seat.leave();
      if (own) addresses.giveBack(ip);
    },
  };
}

/** At most 63 characters, as Linux allows. */
export const hostnameOf = ({metadata, spec}: Of<'pods'>) => (spec?.hostname ?? metadata.name).slice(0, 63);
