import type {NodeMachine} from '../../node/machine.ts';
import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import type {ControlContext} from '../controller.ts';
import {architecture, type DiscoveredNode, healthyConditions} from './node-status.ts';

/** Makes the Node and CSINode of a machine where they are not there, and posts the status with which its kubelet starts. */
export function registerNode(
  {registry, clock}: ControlContext,
  machine: NodeMachine,
  podCidr: string,
  found: DiscoveredNode,
): Of<'nodes'> {
  const {name} = machine;
  const node = registry.get('nodes', undefined, name) ?? createNode(registry, machine, podCidr);
  if (!registry.get('csinodes.storage.k8s.io', undefined, name)) createCsiNode(registry, node);
  const post = (draft: Of<'nodes'>) => {
    const conditions = healthyConditions(draft.status?.conditions ?? [], clock.now());
    draft.status = {...draft.status, ...found, conditions};
  };
  return registry.change('nodes', node, post, {subresource: 'status'}) ?? node;
}

function createNode(registry: Registry, {name, role}: NodeMachine, podCIDR: string): Of<'nodes'> {
  return registry.create('nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': architecture,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(role === 'server' && {'node-role.kubernetes.io/control-plane': 'true'}),
      },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {podCIDR, podCIDRs: [podCIDR]},
  });
}

function createCsiNode(registry: Registry, {metadata: {name, uid}}: Of<'nodes'>): void {
  registry.create('csinodes.storage.k8s.io', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {
      name,
      annotations: {
        'storage.alpha.kubernetes.io/migrated-plugins':
          'kubernetes.io/aws-ebs,kubernetes.io/azure-disk,kubernetes.io/azure-file,kubernetes.io/cinder,kubernetes.io/gce-pd,kubernetes.io/portworx-volume,kubernetes.io/vsphere-volume',
      },
      ownerReferences: [{apiVersion: 'v1', kind: 'Node', name, uid}],
    },
    spec: {drivers: null},
  });
}
