/** A node's Pod addresses. One that was given back is not the next one to be given, as with the host-local plug-in. */
export interface PodAddresses {
  /** @throws when all are taken */
  take(): string;
  giveBack(address: string): void;
}

/** @param cidr the node's podCIDR, a /24, e.g. 10.42.1.0/24: .0 is the network, .1 the bridge, .255 the broadcast */
export function podAddresses(cidr: () => string): PodAddresses {
  const taken = new Set<string>();
  let last = 1;
  return {
    take() {
      const prefix = cidr().slice(0, cidr().lastIndexOf('.'));
      for (let tries = 0; tries < 253; tries++) {
        last = last >= 254 ? 2 : last + 1;
        const address = `${prefix}.${last}`;
        if (taken.has(address)) continue;
        taken.add(address);
        return address;
      }
      throw new Error(`no IP addresses available in range set: ${prefix}.1-${prefix}.254`);
    },
    giveBack: address => void taken.delete(address),
  };
}
