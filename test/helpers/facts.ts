import {ExpectedError} from '../../src/errors.ts';
import {getLab, labIds} from '../../src/lab/catalog.ts';
import type {ClusterUp, DockerUp, Facts, MachineFacts} from '../../src/preflight/facts.ts';
import type {FindingCode} from '../../src/preflight/finding.ts';
import type {KubeObject} from '../../src/world/object.ts';
import {object} from './objects.ts';
import {ordinaryCluster} from './playing.ts';

export const GiB = 2 ** 30;
export const labs = labIds().map(id => getLab(id));

export const dockerUp: DockerUp = {
  state: 'up',
  version: '29.0.0',
  cgroup: '2',
  memory: 16 * GiB,
  architecture: 'x86_64',
  root: '/var/lib/docker',
  containerdStore: false,
  kernel: '6.12.0',
  host: 'ada',
  proxy: false,
};
/** A machine where all is well. */
export const machine: MachineFacts = {
  platform: 'linux',
  root: false,
  home: {path: '/home/ada/statelab', free: 50 * GiB, total: 100 * GiB},
  dockerDisk: {path: '/var/lib/docker', free: 50 * GiB, total: 100 * GiB},
  memoryFree: 8 * GiB,
  inotifyInstances: 8192,
  noProxy: '',
  portsTaken: [],
};

export const node = (name: string, ready = true, spec: object = {}): KubeObject =>
  object('nodes', name, {spec, status: {conditions: [{type: 'Ready', status: ready ? 'True' : 'Unknown'}]}});

export const storageClass = (
  name: string,
  isDefault: boolean,
  created = '2026-01-01T00:00:00Z',
): KubeObject =>
  object('storageclasses.storage.k8s.io', name, {
    metadata: {
      creationTimestamp: created,
      annotations: isDefault ? {'storageclass.kubernetes.io/is-default-class': 'true'} : {},
    },
    provisioner: 'rancher.io/local-path',
    volumeBindingMode: 'WaitForFirstConsumer',
  });

const clusterUp: ClusterUp = {
  ours: true,
  kubeconfig: '/home/ada/k.yaml',
  version: 'v1.35.4+k3s1',
  nodes: ['server-0', 'agent-0', 'agent-1'].map(name => node(name)),
  machines: [
    {name: 'server-0', role: 'server', running: true},
    {name: 'agent-0', role: 'agent', running: true},
    {name: 'agent-1', role: 'agent', running: true},
  ],
  classes: [storageClass('local-path', true)],
  capabilities: ordinaryCluster,
  refusingHostPath: [],
  begunElsewhere: [],
};

interface Differing {
  docker?: Facts['docker'] | Partial<DockerUp>;
  machine?: Partial<MachineFacts>;
  cluster?: Facts['cluster'] | Partial<ClusterUp>;
}
type Rest = Partial<Omit<Facts, keyof Differing>>;

/** A machine with k3d where all is well and a cluster runs, but for what is said. */
export const factsWith = ({
  docker = {},
  machine: of = {},
  cluster = {},
  ...rest
}: Differing & Rest = {}): Facts => ({
  place: {provider: 'k3d', cluster: 'lab', asked: true},
  labs,
  database: 'mariadb',
  nodeImage: 'rancher/k3s:v1.35.4-k3s1',
  docker: 'state' in docker && docker.state ? (docker as DockerUp) : {...dockerUp, ...docker},
  machine: {...machine, ...of},
  kubectl: {version: 'v1.35.4', fetchable: false},
  cluster: 'state' in cluster ? (cluster as {state: 'none'}) : {state: 'up', ...clusterUp, ...cluster},
  toStart: false,
  ...rest,
});

/** The same before there is a cluster. */
export const beforeCluster = (more: Differing & Rest = {}): Facts =>
  factsWith({cluster: {state: 'none'}, toStart: true, ...more});

const on = (provider: Facts['place']['provider'], asked = true) => ({
  place: {provider, cluster: 'lab', asked},
});
const server = (is: object) => ({server: {url: 'https://127.0.0.1:6443', ...is}});
const day = 86_400_000;
const valid = {from: 0, until: 400 * day, state: 'valid'} as const;
const expired = {from: 0, until: day, state: 'expired'} as const;
const capabilities = (is: Partial<ClusterUp['capabilities']>) => ({
  cluster: {capabilities: {...ordinaryCluster, ...is}},
});
const refused = new ExpectedError('program-missing', {program: 'k3d'});

/** For everything that can be found, a place where it is. What is not here does not compile. */
export const provoking: {[C in FindingCode]: Facts} = {
  'docker-up': factsWith(),
  'docker-missing': beforeCluster({docker: {state: 'missing'}}),
  'docker-down': beforeCluster({docker: {state: 'down', detail: 'connection refused'}}),
  'docker-denied': beforeCluster({docker: {state: 'denied', detail: 'permission denied'}}),
  'provider-refuses': beforeCluster({refusal: refused}),
  'kubectl-there': factsWith(),
  'kubectl-missing': factsWith({kubectl: {fetchable: true}}),
  'kubectl-broken': factsWith({kubectl: {broken: 'Exec format error', fetchable: true}}),
  'kubectl-skew': factsWith({
    kubectl: {version: 'v1.27.1', fetchable: false, skew: {server: 'v1.35.4', minimum: 'v1.34'}},
  }),
  'cgroup-2': factsWith(),
  'cgroup-1-runs': factsWith({docker: {cgroup: '1'}}),
  'cgroup-1': beforeCluster({docker: {cgroup: '1'}}),
  'images-in-docker': factsWith(),
  'images-in-containerd': factsWith({docker: {containerdStore: true}}),
  'disk-room': factsWith(),
  'disk-short': factsWith({machine: {home: {path: '/home/ada', free: 50 * 2 ** 20, total: GiB}}}),
  'disk-pressure': factsWith({machine: {dockerDisk: {path: '/docker', free: 4 * GiB, total: 100 * GiB}}}),
  'memory-enough': factsWith(),
  'memory-short': beforeCluster({docker: {memory: 2 * GiB}}),
  'memory-taken': beforeCluster({machine: {memoryFree: GiB}}),
  'inotify-enough': factsWith(),
  'inotify-low': beforeCluster({machine: {inotifyInstances: 128}}),
  'architecture-known': factsWith({docker: {architecture: 'aarch64'}}),
  'architecture-unknown': beforeCluster({docker: {architecture: 'riscv64'}}),
  'proxy-none': factsWith(),
  'proxy-passed-by': factsWith({machine: {proxy: 'HTTPS_PROXY'}, docker: {proxy: true}}),
  'proxy-in-the-way': factsWith({
    machine: {proxy: 'HTTPS_PROXY'},
    cluster: server({url: 'https://192.168.49.2:8443'}),
  }),
  'proxy-not-for-docker': factsWith({machine: {proxy: 'HTTPS_PROXY'}}),
  'ports-free': factsWith(),
  'port-taken': factsWith({machine: {portsTaken: [3306]}}),
  'cluster-up': factsWith(),
  'cluster-none': beforeCluster(),
  'cluster-stopped': factsWith({cluster: {state: 'stopped'}, toStart: true}),
  'cluster-foreign': factsWith({cluster: {state: 'foreign'}}),
  'cluster-unreachable': factsWith({cluster: {state: 'unreachable', detail: 'ECONNREFUSED'}}),
  'cluster-refuses': factsWith({cluster: {state: 'refused', error: refused}}),
  'cluster-changed': factsWith({cluster: {begunElsewhere: ['pvc']}}),
  'certificate-valid': factsWith({cluster: server({certificate: valid})}),
  'certificate-expired': factsWith({
    cluster: {state: 'unreachable', detail: 'expired', ...server({certificate: expired})},
  }),
  'certificate-not-yet': factsWith({
    cluster: server({clientCertificate: {...valid, from: 2 * day, state: 'not-yet'}}),
  }),
  'clock-agrees': factsWith({cluster: server({ahead: -800})}),
  'clock-differs': factsWith({cluster: server({ahead: -95_300})}),
  'nodes-ready': factsWith(),
  'nodes-few': factsWith({...capabilities({workers: 1})}),
  'nodes-not-ready': factsWith({cluster: {nodes: [node('a'), node('b', false)]}}),
  'nodes-cordoned': factsWith({cluster: {nodes: [node('a'), node('b', true, {unschedulable: true})]}}),
  'rights-all': factsWith(),
  'rights-unasked': factsWith({
    ...on('context'),
    ...capabilities({nodeOperations: false, withheld: {nodeChanges: 'unasked', nodeOperations: 'unasked'}}),
  }),
  'rights-forbidden': factsWith({
    ...on('context'),
    ...capabilities({withheld: {persistentVolumes: 'forbidden'}}),
  }),
  'node-operations-off': factsWith({...on('context'), ...capabilities({nodeOperations: false})}),
  'shared-mount-there': factsWith(),
  'shared-mount-missing': factsWith({cluster: {capabilities: withoutShared()}}),
  'class-default': factsWith(),
  'class-none': factsWith({cluster: {classes: [storageClass('slow', false)], capabilities: withoutClass()}}),
  'class-several': factsWith({
    cluster: {
      classes: [storageClass('old', true), storageClass('new', true, '2026-02-02T00:00:00Z')],
      capabilities: {
        ...ordinaryCluster,
        defaultClass: {name: 'new', provisioner: 'p', bindingMode: 'Immediate'},
      },
    },
  }),
  'class-starts-empty': factsWith({
    ...capabilities({
      defaultClass: {
        name: 'standard',
        provisioner: 'k8s.io/minikube-hostpath',
        bindingMode: 'Immediate',
        volumes: 'empty',
      },
    }),
  }),
  'host-path-admitted': factsWith(),
  'host-path-refused': factsWith({
    cluster: {refusingHostPath: [{namespace: 'statelab-hostpath-pod', level: 'restricted'}]},
  }),
  'labs-whole': factsWith(),
  'labs-in-part': factsWith({...capabilities({workers: 1})}),
};

function withoutShared() {
  const {sharedDirectory: _shared, ...rest} = ordinaryCluster;
  return rest;
}
function withoutClass() {
  const {defaultClass: _class, ...rest} = ordinaryCluster;
  return rest;
}
