import type {ResourceId} from '../objects.ts';
import type {ResourceType} from '../registry/resource-type.ts';

const stored = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const readOnly = ['get', 'list', 'watch'];
const partOfObject = ['get', 'patch', 'update'];

const status = (kind: string) => ({status: {kind, verbs: partOfObject}});
const readOnlyStatus = (kind: string) => ({status: {kind, verbs: ['get']}});
const scale = {scale: {group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: partOfObject}};

/**
 * All resources that the sandbox serves, in the order in which Kubernetes 1.35 lists them in its discovery.
 *
 * Left out is what would be stored without the behaviour that somebody who creates it counts on: custom
 * resources, admission webhooks and policies, aggregated API services, flow control and device claims. Some can be
 * read, but not created: limit ranges, of which `kubectl describe namespace` finds none, and
 * ReplicationControllers, of which `kubectl apply --prune` does.
 */
export const resourceTypes: ReadonlyMap<ResourceId, ResourceType> = new Map(
  served().map(type => [type.id, type]),
);

/** Resources that show the objects of another one in another version's form: theirs → whose objects. */
export const aliases: ReadonlyMap<ResourceId, ResourceId> = new Map([['events.events.k8s.io', 'events']]);

function served(): ResourceType[] {
  return [
    ...group('v1', [
      ['bindings', 'Binding', {verbs: ['create']}],
      ['configmaps', 'ConfigMap', {short: ['cm']}],
      ['endpoints', 'Endpoints', {short: ['ep']}],
      ['events', 'Event', {short: ['ev']}],
      ['limitranges', 'LimitRange', {short: ['limits'], verbs: readOnly}],
      [
        'namespaces',
        'Namespace',
        {
          cluster: true,
          short: ['ns'],
          verbs: stored.filter(verb => verb !== 'deletecollection'),
          subresources: {...status('Namespace'), finalize: {kind: 'Namespace', verbs: ['update']}},
        },
      ],
      ['nodes', 'Node', {cluster: true, short: ['no'], subresources: status('Node')}],
      [
        'persistentvolumeclaims',
        'PersistentVolumeClaim',
        {short: ['pvc'], subresources: status('PersistentVolumeClaim')},
      ],
      [
        'persistentvolumes',
        'PersistentVolume',
        {cluster: true, short: ['pv'], subresources: status('PersistentVolume')},
      ],
      ['pods', 'Pod', {short: ['po'], categories: ['all'], subresources: podSubresources()}],
      ['podtemplates', 'PodTemplate'],
      [
        'replicationcontrollers',
        'ReplicationController',
        {
          short: ['rc'],
          categories: ['all'],
          verbs: readOnly,
          subresources: readOnlyStatus('ReplicationController'),
        },
      ],
      ['resourcequotas', 'ResourceQuota', {short: ['quota'], subresources: status('ResourceQuota')}],
      ['secrets', 'Secret'],
      [
        'serviceaccounts',
        'ServiceAccount',
        {
          short: ['sa'],
          subresources: {
            token: {group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest', verbs: ['create']},
          },
        },
      ],
      ['services', 'Service', {short: ['svc'], categories: ['all'], subresources: status('Service')}],
    ]),
    ...group('apps/v1', [
      ['controllerrevisions', 'ControllerRevision'],
      ['daemonsets', 'DaemonSet', {short: ['ds'], categories: ['all'], subresources: status('DaemonSet')}],
      [
        'deployments',
        'Deployment',
        {short: ['deploy'], categories: ['all'], subresources: {...scale, ...status('Deployment')}},
      ],
      [
        'replicasets',
        'ReplicaSet',
        {short: ['rs'], categories: ['all'], subresources: {...scale, ...status('ReplicaSet')}},
      ],
      [
        'statefulsets',
        'StatefulSet',
        {short: ['sts'], categories: ['all'], subresources: {...scale, ...status('StatefulSet')}},
      ],
    ]),
    ...group('events.k8s.io/v1', [['events', 'Event', {short: ['ev']}]]),
    ...group('authentication.k8s.io/v1', [
      ['selfsubjectreviews', 'SelfSubjectReview', {cluster: true, verbs: ['create']}],
      ['tokenreviews', 'TokenReview', {cluster: true, verbs: ['create']}],
    ]),
    ...group('authorization.k8s.io/v1', [
      ['localsubjectaccessreviews', 'LocalSubjectAccessReview', {verbs: ['create']}],
      ['selfsubjectaccessreviews', 'SelfSubjectAccessReview', {cluster: true, verbs: ['create']}],
      ['selfsubjectrulesreviews', 'SelfSubjectRulesReview', {cluster: true, verbs: ['create']}],
      ['subjectaccessreviews', 'SubjectAccessReview', {cluster: true, verbs: ['create']}],
    ]),
    ...group('autoscaling/v2', [
      [
        'horizontalpodautoscalers',
        'HorizontalPodAutoscaler',
        {short: ['hpa'], categories: ['all'], subresources: status('HorizontalPodAutoscaler')},
      ],
    ]),
    ...group('batch/v1', [
      ['cronjobs', 'CronJob', {short: ['cj'], categories: ['all'], subresources: status('CronJob')}],
      ['jobs', 'Job', {categories: ['all'], subresources: status('Job')}],
    ]),
    ...group('certificates.k8s.io/v1', [
      [
        'certificatesigningrequests',
        'CertificateSigningRequest',
        {
          cluster: true,
          short: ['csr'],
          subresources: {
            approval: {kind: 'CertificateSigningRequest', verbs: ['get', 'patch', 'update']},
            ...status('CertificateSigningRequest'),
          },
        },
      ],
    ]),
    ...group('networking.k8s.io/v1', [
      ['ingressclasses', 'IngressClass', {cluster: true}],
      ['ingresses', 'Ingress', {short: ['ing'], subresources: status('Ingress')}],
      ['networkpolicies', 'NetworkPolicy', {short: ['netpol']}],
    ]),
    ...group('policy/v1', [
      [
        'poddisruptionbudgets',
        'PodDisruptionBudget',
        {short: ['pdb'], subresources: status('PodDisruptionBudget')},
      ],
    ]),
    ...group('rbac.authorization.k8s.io/v1', [
      ['clusterrolebindings', 'ClusterRoleBinding', {cluster: true}],
      ['clusterroles', 'ClusterRole', {cluster: true}],
      ['rolebindings', 'RoleBinding'],
      ['roles', 'Role'],
    ]),
    ...group('storage.k8s.io/v1', [
      ['csidrivers', 'CSIDriver', {cluster: true}],
      ['csinodes', 'CSINode', {cluster: true}],
      ['csistoragecapacities', 'CSIStorageCapacity'],
      ['storageclasses', 'StorageClass', {cluster: true, short: ['sc']}],
      ['volumeattachments', 'VolumeAttachment', {cluster: true, subresources: status('VolumeAttachment')}],
      ['volumeattributesclasses', 'VolumeAttributesClass', {cluster: true, short: ['vac']}],
    ]),
    ...group('scheduling.k8s.io/v1', [['priorityclasses', 'PriorityClass', {cluster: true, short: ['pc']}]]),
    ...group('coordination.k8s.io/v1', [['leases', 'Lease']]),
    ...group('node.k8s.io/v1', [['runtimeclasses', 'RuntimeClass', {cluster: true}]]),
    ...group('discovery.k8s.io/v1', [['endpointslices', 'EndpointSlice']]),
  ];
}

type Row = [resource: string, kind: string, details?: Details];
interface Details {
  /** Not in a namespace. */
  cluster?: true;
  short?: readonly string[];
  categories?: readonly string[];
  /** By default: `stored`. */
  verbs?: readonly string[];
  subresources?: ResourceType['subresources'];
}

/** @param groupVersion e.g. apps/v1, or v1 for the core group */
function group(groupVersion: string, rows: Row[]): ResourceType[] {
  const [version = '', name = ''] = groupVersion.split('/').reverse();
  return rows.map(([resource, kind, details = {}]) => ({
    id: name === '' ? resource : `${resource}.${name}`,
    group: name,
    version,
    resource,
    singular: kind.toLowerCase(),
    kind,
    namespaced: !details.cluster,
    shortNames: details.short ?? [],
    categories: details.categories ?? [],
    verbs: details.verbs ?? stored,
    subresources: details.subresources ?? {},
  }));
}

function podSubresources(): ResourceType['subresources'] {
  return {
    attach: {kind: 'PodAttachOptions', verbs: ['create', 'get']},
    binding: {kind: 'Binding', verbs: ['create']},
    ephemeralcontainers: {kind: 'Pod', verbs: partOfObject},
    eviction: {group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create']},
    exec: {kind: 'PodExecOptions', verbs: ['create', 'get']},
    log: {kind: 'Pod', verbs: ['get']},
    portforward: {kind: 'PodPortForwardOptions', verbs: ['create', 'get']},
    resize: {kind: 'Pod', verbs: partOfObject},
    ...status('Pod'),
  };
}
