import {onTestFinished} from 'vitest';
import type {Controller} from '../../../../src/sandbox/control/controller.ts';
import {createRecorder} from '../../../../src/sandbox/events/record.ts';
import {openMachines} from '../../../../src/sandbox/node/open-machines.ts';
import type {KubeObject, Of} from '../../../../src/sandbox/objects.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import {admitByQuota} from '../../../../src/sandbox/schema/quota/admission.ts';
import {resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {strategies} from '../../../../src/sandbox/schema/strategies/index.ts';
import {manualClock} from '../manual-clock.ts';
import {temporaryDirectory} from '../temporary-directory.ts';

/** A server and two agents, and the registry as the API keeps it, under these controllers and a clock that stands still. */
export async function openCluster(controllers: readonly Controller[]) {
  const clock = manualClock();
  const registry = openRegistry({
    directory: ':memory:',
    types: resourceTypes,
    strategies,
    admit: admitByQuota,
    clock,
  });
  const machines = await openMachines(temporaryDirectory(), [
    {name: 'server-0', role: 'server', ip: '172.18.0.2'},
    {name: 'agent-0', role: 'agent', ip: '172.18.0.3'},
    {name: 'agent-1', role: 'agent', ip: '172.18.0.4'},
  ]);
  const ended = new AbortController();
  const bugs: unknown[] = [];
  onTestFinished(async () => {
    ended.abort();
    await registry.close();
    if (bugs.length > 0) throw new AggregateError(bugs, 'a controller has a bug');
  });
  for (const name of ['default', 'kube-node-lease', 'lab'])
    registry.create('namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
  registry.create('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {namespace: 'lab', name: 'default'},
  });
  const context = {
    registry,
    clock,
    machines,
    recorder: createRecorder(registry, clock),
    signal: ended.signal,
    report: (error: unknown) => void bugs.push(error),
  };
  const start = (controller: Controller) => controller(context);
  controllers.forEach(start);
  return {registry, clock, machines, start, ...shorthands(registry)};
}

function shorthands(registry: ReturnType<typeof openRegistry>) {
  return {
    node: (name: string, rest: {labels?: Record<string, string>; spec?: object; status?: object} = {}) => {
      const labels = {'kubernetes.io/hostname': name, ...rest.labels};
      const node = registry.create('nodes', {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {name, labels},
        spec: rest.spec ?? {},
      });
      const say = (draft: Of<'nodes'>) => {
        draft.status = {
          conditions: [{type: 'Ready', status: 'True'}],
          allocatable: {cpu: '2', memory: '8Gi', pods: '110'},
          ...rest.status,
        };
        delete draft.spec?.taints;
        Object.assign(draft.spec ?? {}, rest.spec);
      };
      registry.change('nodes', node, say);
      return registry.change('nodes', node, say, {subresource: 'status'});
    },
    pod: (name: string, spec: object = {}, metadata: object = {}) =>
      registry.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {namespace: 'lab', name, ...metadata},
        spec: {containers: [{name: 'main', image: 'busybox:1.37'}], ...spec},
      }),
    claim: (name: string, spec: object = {}, metadata: object = {}) =>
      registry.create('persistentvolumeclaims', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {namespace: 'lab', name, ...metadata},
        spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, ...spec},
      }),
    volume: (name: string, spec: object = {}, metadata: object = {}) =>
      registry.create('persistentvolumes', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {name, ...metadata},
        spec: {
          accessModes: ['ReadWriteOnce'],
          capacity: {storage: '1Gi'},
          hostPath: {path: `/share/${name}`},
          persistentVolumeReclaimPolicy: 'Retain',
          ...spec,
        },
      }),
    storageClass: (object: KubeObject) => registry.create('storageclasses.storage.k8s.io', object),
    getPod: (name: string) => registry.get('pods', 'lab', name),
    getClaim: (name: string) => registry.get('persistentvolumeclaims', 'lab', name),
    getVolume: (name: string) => registry.get('persistentvolumes', undefined, name),
    getNode: (name: string) => registry.get('nodes', undefined, name),
    deleteClaim: (name: string) => registry.delete('persistentvolumeclaims', 'lab', name),
    deletePod: (name: string) => registry.delete('pods', 'lab', name, {gracePeriodSeconds: 0}),
    /** `reason ×count: message`, oldest first. */
    eventsOf: (name: string): string[] =>
      registry
        .list('events')
        .filter(({involvedObject}) => involvedObject.name === name)
        .sort((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion))
        .map(({reason, count, series, message}) => `${reason} ×${count ?? series?.count ?? 1}: ${message}`),
  };
}
