import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {kubectl} from './k3d.ts';

/** A cluster with three agents in which other people work too. */
export interface Neighbourhood {
  kubeconfig: string;
  /** The nodes beside the server. */
  agents: readonly [string, string, string];
  /** Puts a file onto a node, past Kubernetes. */
  put(node: string, path: string): Promise<void>;
  /** What lies in these directories of a node: each path with what tells its content, or `directory`. */
  filesIn(node: string, directories: readonly string[]): Promise<[path: string, content: string][]>;
}

const image = 'busybox:1.37';
const labels = {app: 'shop'};

/**
 * Moves other people in: workloads, claims, volumes bound, free and released, a StorageClass, files on nodes; and nodes
 * that they have cordoned, tainted and labelled.
 */
export async function moveIn({kubeconfig, agents, put}: Neighbourhood): Promise<void> {
  const typed = (...args: string[]) => kubectl(kubeconfig, ...args);
  const [first, , last] = agents;
  for (const node of agents)
    for (const path of ['/srv/team', '/var/lib/statelab/of-somebody', '/var/lib/statelab-team'])
      await put(node, `${path}/file`);
  for (const namespace of ['team-a', 'statelab-team']) await typed('create', 'namespace', namespace);
  await apply(kubeconfig, 'team-a', [...workloads(last), ...volumes(first)]);
  await apply(kubeconfig, 'statelab-team', [configMap]);
  await typed('rollout', 'status', 'deployment/web', 'statefulset/db', '-n', 'team-a', '--timeout=180s');
  await typed('wait', '--for=jsonpath={.status.phase}=Bound', 'pv/team-released', '--timeout=60s');
  await typed('delete', 'pvc', 'released', '-n', 'team-a');
  await typed('wait', '--for=jsonpath={.status.phase}=Released', 'pv/team-released', '--timeout=60s');
  await typed('label', 'node', first, 'team.example/disk=ssd');
  await typed('annotate', 'node', first, 'team.example/note=ours');
  await typed('cordon', last);
  await typed('taint', 'node', last, 'team.example/gpu=yes:NoSchedule');
}

/** Applies objects to a namespace. */
export async function apply(kubeconfig: string, namespace: string, items: object[]): Promise<void> {
  const file = join(await mkdtemp(join(tmpdir(), 'statelab-manifest-')), 'all.json');
  await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items}));
  await kubectl(kubeconfig, 'apply', '--namespace', namespace, '-f', file);
}

const configMap = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings'}, data: {a: 'b'}};

const template = (more: object = {}, container: object = {}) => ({
  metadata: {labels},
  spec: {
    terminationGracePeriodSeconds: 1,
    containers: [
      {name: 'sleep', image, imagePullPolicy: 'IfNotPresent', command: ['sleep', '86400'], ...container},
    ],
    ...more,
  },
});

const claim = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {name},
  spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, ...spec},
});

/** The Pod of the StatefulSet writes to its claim on the node; those of the Deployment may be anywhere. */
const workloads = (node: string) => [
  configMap,
  {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'key'}, stringData: {key: 'value'}},
  {apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {selector: labels, ports: [{port: 80}]}},
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'web'},
    spec: {replicas: 2, selector: {matchLabels: labels}, template: template()},
  },
  claim('data'),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name: 'db'},
    spec: {
      serviceName: 'db',
      selector: {matchLabels: {app: 'db'}},
      template: {
        ...template(
          {
            nodeSelector: {'kubernetes.io/hostname': node},
            volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}],
          },
          {
            command: ['sh', '-c', 'echo row > /data/rows; sleep 86400'],
            volumeMounts: [{name: 'data', mountPath: '/data'}],
          },
        ),
        metadata: {labels: {app: 'db'}},
      },
    },
  },
];

const volumes = (node: string) => [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {name: 'team-fast'},
    provisioner: 'example.org/none',
  },
  volume('team-available', node),
  volume('team-released', node),
  claim('released', {storageClassName: 'team-fast', volumeName: 'team-released'}),
];

const volume = (name: string, node: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {name},
  spec: {
    capacity: {storage: '1Gi'},
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'team-fast',
    persistentVolumeReclaimPolicy: 'Retain',
    hostPath: {path: '/srv/team'},
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [node]}]},
        ],
      },
    },
  },
});
