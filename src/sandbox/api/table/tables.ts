import type {ResourceId, Stored} from '../../objects.ts';
import type {ResourceType} from '../../registry/resource-type.ts';
import {certificateSigningRequests} from './certificate-signing-request.ts';
import {configMaps} from './config-map.ts';
import {controllerRevisions} from './controller-revision.ts';
import {cronJobs} from './cron-job.ts';
import {csiDrivers} from './csi-driver.ts';
import {csiNodes} from './csi-node.ts';
import {daemonSets} from './daemon-set.ts';
import {byDefault} from './default.ts';
import {deployments} from './deployment.ts';
import {endpointSlices} from './endpoint-slice.ts';
import {endpoints} from './endpoints.ts';
import {aliasedEvents, events} from './event.ts';
import {horizontalPodAutoscalers} from './horizontal-pod-autoscaler.ts';
import {ingresses} from './ingress.ts';
import {ingressClasses} from './ingress-class.ts';
import {jobs} from './job.ts';
import {leases} from './lease.ts';
import {namespaces} from './namespace.ts';
import {networkPolicies} from './network-policy.ts';
import {nodes} from './node.ts';
import {persistentVolumes} from './persistent-volume.ts';
import {persistentVolumeClaims} from './persistent-volume-claim.ts';
import {pods} from './pod.ts';
import {podDisruptionBudgets} from './pod-disruption-budget.ts';
import {podTemplates} from './pod-template.ts';
import {priorityClasses} from './priority-class.ts';
import {replicaSets} from './replica-set.ts';
import {replicationControllers} from './replication-controller.ts';
import {resourceQuotas} from './resource-quota.ts';
import {roleBindings} from './role-binding.ts';
import {runtimeClasses} from './runtime-class.ts';
import {secrets} from './secret.ts';
import {services} from './service.ts';
import {serviceAccounts} from './service-account.ts';
import {statefulSets} from './stateful-set.ts';
import {storageClasses} from './storage-class.ts';
import type {Table} from './table.ts';
import {volumeAttachments} from './volume-attachment.ts';
import {volumeAttributesClasses} from './volume-attributes-class.ts';

/** How a resource is shown. */
export const tableOf = ({id}: ResourceType): Table => tables[id] ?? byDefault;

/** That a resource's objects have its table's shape is for the registry to see to. */
const tables: Readonly<Partial<Record<ResourceId, Table>>> = {
  configmaps: of(configMaps),
  endpoints: of(endpoints),
  events: of(events),
  namespaces: of(namespaces),
  nodes: of(nodes),
  persistentvolumeclaims: of(persistentVolumeClaims),
  persistentvolumes: of(persistentVolumes),
  pods: of(pods),
  podtemplates: of(podTemplates),
  resourcequotas: of(resourceQuotas),
  secrets: of(secrets),
  serviceaccounts: of(serviceAccounts),
  services: of(services),
  'certificatesigningrequests.certificates.k8s.io': of(certificateSigningRequests),
  'clusterrolebindings.rbac.authorization.k8s.io': of(roleBindings),
  'controllerrevisions.apps': of(controllerRevisions),
  'cronjobs.batch': of(cronJobs),
  'csidrivers.storage.k8s.io': of(csiDrivers),
  'csinodes.storage.k8s.io': of(csiNodes),
  'daemonsets.apps': of(daemonSets),
  'deployments.apps': of(deployments),
  'endpointslices.discovery.k8s.io': of(endpointSlices),
  'events.events.k8s.io': aliasedEvents,
  'horizontalpodautoscalers.autoscaling': of(horizontalPodAutoscalers),
  'ingressclasses.networking.k8s.io': of(ingressClasses),
  'ingresses.networking.k8s.io': of(ingresses),
  'jobs.batch': of(jobs),
  'leases.coordination.k8s.io': of(leases),
  'networkpolicies.networking.k8s.io': of(networkPolicies),
  'poddisruptionbudgets.policy': of(podDisruptionBudgets),
  'priorityclasses.scheduling.k8s.io': of(priorityClasses),
  'replicasets.apps': of(replicaSets),
  replicationcontrollers: of(replicationControllers),
  'rolebindings.rbac.authorization.k8s.io': of(roleBindings),
  'runtimeclasses.node.k8s.io': of(runtimeClasses),
  'statefulsets.apps': of(statefulSets),
  'storageclasses.storage.k8s.io': of(storageClasses),
  'volumeattachments.storage.k8s.io': of(volumeAttachments),
  'volumeattributesclasses.storage.k8s.io': of(volumeAttributesClasses),
};

function of<T extends Stored>(table: Table<T>): Table {
  return table as unknown as Table;
}
