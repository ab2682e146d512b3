import type {Job} from 'kubernetes-types/batch/v1.d.ts';
import type {
  Event,
  Namespace,
  Node,
  Pod,
  ReplicationController,
  Secret,
  Service,
} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, ResourceId, Stored} from '../objects.ts';

/** What a resource can be selected by: the label in a field selector, and how its value is read. */
export type Fields<T = KubeObject> = Readonly<Record<string, Read<T>>>;
/** Declared as a method, because a Pod's is one for any object: who calls it has found it by the resource. */
type Read<T> = {read(object: Stored<T>): string | boolean | number | undefined}['read'];

const named: Fields<object> = {'metadata.name': ({metadata}) => metadata.name};
const inNamespace: Fields<object> = {...named, 'metadata.namespace': ({metadata}) => metadata.namespace};

const pods: Fields<Pod> = {
  ...inNamespace,
  'spec.nodeName': ({spec}) => spec?.nodeName,
  'spec.restartPolicy': ({spec}) => spec?.restartPolicy,
  'spec.schedulerName': ({spec}) => spec?.schedulerName,
  'spec.serviceAccountName': ({spec}) => spec?.serviceAccountName,
  'spec.hostNetwork': ({spec}) => spec?.hostNetwork ?? false,
  'status.phase': ({status}) => status?.phase,
  'status.podIP': ({status}) => status?.podIP,
  'status.podIPs': ({status}) => status?.podIPs?.map(({ip}) => ip).join(','),
  'status.nominatedNodeName': ({status}) => status?.nominatedNodeName,
};

const events: Fields<Event> = {
  ...inNamespace,
  'involvedObject.kind': ({involvedObject}) => involvedObject.kind,
  'involvedObject.namespace': ({involvedObject}) => involvedObject.namespace,
  'involvedObject.name': ({involvedObject}) => involvedObject.name,
  'involvedObject.uid': ({involvedObject}) => involvedObject.uid,
  'involvedObject.apiVersion': ({involvedObject}) => involvedObject.apiVersion,
  'involvedObject.resourceVersion': ({involvedObject}) => involvedObject.resourceVersion,
  'involvedObject.fieldPath': ({involvedObject}) => involvedObject.fieldPath,
  reason: ({reason}) => reason,
  reportingComponent: ({reportingComponent}) => reportingComponent,
  source: ({source, reportingComponent}) => source?.component || reportingComponent,
  type: ({type}) => type,
};

const nodes: Fields<Node> = {...named, 'spec.unschedulable': ({spec}) => spec?.unschedulable ?? false};
const namespaces: Fields<Namespace> = {...named, 'status.phase': ({status}) => status?.phase};
const secrets: Fields<Secret> = {...inNamespace, type: ({type}) => type};
const services: Fields<Service> = {
  ...inNamespace,
  'spec.clusterIP': ({spec}) => spec?.clusterIP,
  'spec.type': ({spec}) => spec?.type,
};
const replicationControllers: Fields<ReplicationController> = {
  ...inNamespace,
  'status.replicas': ({status}) => status?.replicas ?? 0,
};
const jobs: Fields<Job> = {...inNamespace, 'status.successful': ({status}) => status?.succeeded ?? 0};

const own: Partial<Record<ResourceId, Fields>> = {
  events,
  'jobs.batch': jobs,
  namespaces,
  nodes,
  pods,
  replicationcontrollers: replicationControllers,
  secrets,
  services,
};

/** The fields of a resource that has others than the two that all have. */
export const ownFields = (resource: ResourceId): Fields | undefined => own[resource];
export const commonFields: Fields = inNamespace;
