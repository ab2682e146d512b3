import type {ResourceId} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {configMaps} from './configmaps.ts';
import {controllerRevisions} from './controllerrevisions.ts';
import {cronJobs} from './cronjobs.ts';
import {daemonSets} from './daemonsets.ts';
import {deployments} from './deployments.ts';
import {endpoints} from './endpoints.ts';
import {endpointSlices} from './endpointslices.ts';
import {events} from './events.ts';
import {jobs} from './jobs.ts';
import {leases} from './leases.ts';
import {namespaces} from './namespaces.ts';
import {nodes} from './nodes.ts';
import {persistentVolumeClaims} from './persistentvolumeclaims/index.ts';
import {persistentVolumes} from './persistentvolumes/index.ts';
import {podDisruptionBudgets} from './poddisruptionbudgets.ts';
import {pods} from './pods/index.ts';
import {replicaSets} from './replicasets.ts';
import {resourceQuotas} from './resourcequotas.ts';
import {secrets} from './secrets.ts';
import {services} from './services/index.ts';
import {statefulSets} from './statefulsets.ts';
import {storageClasses} from './storageclasses.ts';

/** How the API treats the objects of each resource; one that is missing here is stored as it comes. */
export const strategies: {readonly [R in ResourceId]?: Strategy} = {
  configmaps: configMaps,
  endpoints,
  events,
  namespaces,
  nodes,
  persistentvolumeclaims: persistentVolumeClaims,
  persistentvolumes: persistentVolumes,
  pods,
  resourcequotas: resourceQuotas,
  secrets,
  services,
  'controllerrevisions.apps': controllerRevisions,
  'cronjobs.batch': cronJobs,
  'daemonsets.apps': daemonSets,
  'deployments.apps': deployments,
  'endpointslices.discovery.k8s.io': endpointSlices,
  'jobs.batch': jobs,
  'leases.coordination.k8s.io': leases,
  'poddisruptionbudgets.policy': podDisruptionBudgets,
  'replicasets.apps': replicaSets,
  'statefulsets.apps': statefulSets,
  'storageclasses.storage.k8s.io': storageClasses,
};
