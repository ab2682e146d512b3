import {localPathClass} from './control/storage/local-path.ts';
import {minikubeClass} from './control/storage/minikube-hostpath.ts';
import type {Storage} from './controllers.ts';
import type {KubeObject, ResourceId} from './objects.ts';
import type {Registry} from './registry/registry.ts';

/** Creates what every new cluster has; what is there already stays as it is. */
export function createFirstObjects(registry: Registry, storage: Storage): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease'])
    ensure(registry, 'namespaces', {metadata: {name}});
  ensure(registry, 'services', kubernetesService);
  ensure(registry, 'services', dnsService);
  ensure(
    registry,
    'storageclasses.storage.k8s.io',
    storage === 'local-path' ? localPathClass : minikubeClass,
  );
  for (const priorityClass of priorityClasses)
    ensure(registry, 'priorityclasses.scheduling.k8s.io', priorityClass);
}

function ensure(registry: Registry, resource: ResourceId, object: KubeObject): void {
  const {namespace, name = ''} = object.metadata ?? {};
  if (!registry.get(resource, namespace, name)) registry.create(resource, object);
}

/** The API server as Pods see it. Nothing answers there: no labs need it, and it is not simulated. */
const kubernetesService: KubeObject = {
  metadata: {
    namespace: 'default',
    name: 'kubernetes',
    labels: {component: 'apiserver', provider: 'kubernetes'},
  },
  spec: {
    clusterIP: '10.43.0.1',
    ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: 6443}],
  },
};

/** The address that Pods find in their resolv.conf. */
const dnsService: KubeObject = {
  metadata: {
    namespace: 'kube-system',
    name: 'kube-dns',
    labels: {
      'k8s-app': 'kube-dns',
      'kubernetes.io/cluster-service': 'true',
      'kubernetes.io/name': 'CoreDNS',
    },
  },
  spec: {
    clusterIP: '10.43.0.10',
    ports: [
      {name: 'dns', port: 53, protocol: 'UDP', targetPort: 53},
      {name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53},
      {name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153},
    ],
  },
};

const priorityClasses: readonly KubeObject[] = [
  {
    metadata: {name: 'system-node-critical'},
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
  {
    metadata: {name: 'system-cluster-critical'},
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
].map(one => ({...one, globalDefault: false, preemptionPolicy: 'PreemptLowerPriority'}));
