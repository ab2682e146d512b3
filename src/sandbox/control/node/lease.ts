import {microTimestamp} from '../../timestamps.ts';
import type {ControlContext} from '../controller.ts';

/** Where kubelets keep their leases, one for each node and of its name. */
export const leaseNamespace = 'kube-node-lease';

/** A kubelet's sign of life. None without its Node. */
export function renewLease({registry, clock}: ControlContext, name: string): void {
  const node = registry.get('nodes', undefined, name);
  if (!node) return;
  const renewTime = microTimestamp(clock.now());
  const renewed = registry.change('leases.coordination.k8s.io', {namespace: leaseNamespace, name}, lease => {
    lease.spec = {...lease.spec, renewTime};
  });
  if (renewed) return;
  registry.create('leases.coordination.k8s.io', {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      namespace: leaseNamespace,
      name,
      ownerReferences: [{apiVersion: 'v1', kind: 'Node', name, uid: node.metadata.uid}],
    },
    spec: {holderIdentity: name, leaseDurationSeconds: 40, renewTime},
  });
}
