import {isDeepStrictEqual} from 'node:util';
import type {Endpoint} from 'kubernetes-types/discovery/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import {controllerReference, isControlledBy} from '../workload/ownership.ts';
import {type Backend, isSelecting, labelsFor, type Service, servicesBehind, targetOf} from './backends.ts';
import {lookAtBackends} from './look-at-backends.ts';
import {type Content, placed} from './placing.ts';
import {withTrigger} from './trigger-time.ts';

type Slice = Of<'endpointslices.discovery.k8s.io'>;

/** Keeps the EndpointSlices of each Service with a selector: all its Pods, with how far each may be sent to. */
export const endpointSlices: Controller = context => {
  const {registry} = context;
  const look = lookAtBackends(context, (service, backends, trigger) =>
    write(context, service, backends, trigger),
  );
  reconciler(context, {
    name: 'endpoint-slice-controller',
    watches: {
      services: itself,
      pods: change => servicesBehind(registry, change),
      'endpointslices.discovery.k8s.io': ({type, object: {metadata}}) =>
        type === 'ADDED' ? [] : [`${metadata.namespace}/${metadata.labels?.[serviceLabel]}`],
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const service = registry.get('services', namespace, name);
      if (!service || !isSelecting(service) || service.metadata.deletionTimestamp) return;
      return look(key, service);
    },
  });
};

const serviceLabel = 'kubernetes.io/service-name';
const managedBy = {'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io'};

function write(
  {registry}: ControlContext,
  service: Service,
  backends: readonly Backend[],
  trigger: string | undefined,
) {
  const {namespace, name} = service.metadata;
  const there = registry
    .list('endpointslices.discovery.k8s.io', namespace)
    .filter(slice => slice.metadata.labels?.[serviceLabel] === name && isControlledBy(slice, service));
  const labels = {...labelsFor(service), ...managedBy, [serviceLabel]: name};
  const existing = there.map(slice => ({
    slice,
    pods: slice.endpoints.map(({targetRef}) => targetRef?.uid ?? ''),
    ports: JSON.stringify(slice.ports ?? []),
  }));
  for (const one of placed(existing, backends))
    switch (one.do) {
      case 'keep':
        update(registry, one.slice, labels, one.content, trigger);
        break;
      case 'create':
        create(registry, service, labels, one.content, trigger);
        break;
      case 'delete':
        registry.delete('endpointslices.discovery.k8s.io', namespace, one.slice.metadata.name);
    }
}

function create(
  registry: Registry,
  service: Service,
  labels: Record<string, string>,
  {ports, backends}: Content,
  trigger: string | undefined,
) {
  const {namespace, name} = service.metadata;
  registry.create('endpointslices.discovery.k8s.io', {
    metadata: {
      generateName: `${name}-`,
      ...(namespace !== undefined && {namespace}),
      labels,
      ...(trigger !== undefined && {annotations: withTrigger({}, trigger)}),
      ownerReferences: [controllerReference(service)],
    },
    addressType: 'IPv4',
    endpoints: backends.map(endpointOf),
    ports,
  });
}

function update(
  registry: Registry,
  slice: Slice,
  labels: Record<string, string>,
  {ports, backends}: Content,
  trigger: string | undefined,
) {
  const endpoints = backends.map(endpointOf);
  const now = [slice.endpoints, slice.ports ?? [], slice.metadata.labels];
  if (isDeepStrictEqual([endpoints, ports, labels], now)) return;
  registry.change('endpointslices.discovery.k8s.io', slice, draft => {
    draft.metadata.annotations = withTrigger(draft.metadata.annotations ?? {}, trigger);
    draft.metadata.labels = labels;
    draft.endpoints = endpoints;
    draft.ports = [...ports];
  });
}

const endpointOf = ({ip, hostname, nodeName, pod, ready, serving, terminating}: Backend): Endpoint => ({
  addresses: [ip],
  conditions: {ready, serving, terminating},
  ...(hostname !== undefined && {hostname}),
  ...(nodeName !== undefined && {nodeName}),
  targetRef: targetOf(pod),
});
