import {isDeepStrictEqual} from 'node:util';
import type {EndpointAddress, EndpointPort, EndpointSubset} from 'kubernetes-types/core/v1.d.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import {type Backend, isSelecting, labelsFor, type Service, servicesBehind, targetOf} from './backends.ts';
import {lookAtBackends} from './look-at-backends.ts';
import {withTrigger} from './trigger-time.ts';

/** Keeps an Endpoints object beside each Service with a selector: the addresses of its Pods, ready and not ready. */
export const endpoints: Controller = context => {
  const {registry} = context;
  const look = lookAtBackends(context, (service, backends, trigger) =>
    write(context, service, subsetsOf(service, backends), trigger),
  );
  reconciler(context, {
    name: 'endpoint-controller',
    watches: {services: itself, pods: change => servicesBehind(registry, change)},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const service = registry.get('services', namespace, name);
      if (!service) return removeFor(context, namespace, name);
      if (!isSelecting(service)) return;
      return look(key, service);
    },
  });
};

const managedBy = {'endpoints.kubernetes.io/managed-by': 'endpoint-controller'};

/** Of a Service that is gone. What the user made for one without a selector goes too, as in Kubernetes. */
function removeFor({registry}: ControlContext, namespace: string | undefined, name: string) {
  if (registry.get('endpoints', namespace, name)) registry.delete('endpoints', namespace, name);
}

function write(
  {registry}: ControlContext,
  service: Service,
  subsets: EndpointSubset[],
  trigger: string | undefined,
) {
  const {namespace, name} = service.metadata;
  const labels = {...labelsFor(service), ...managedBy};
  const there = registry.get('endpoints', namespace, name);
  if (!there) {
    const annotations = trigger === undefined ? {} : {annotations: withTrigger({}, trigger)};
    registry.create('endpoints', {
      metadata: {namespace: namespace ?? '', name, labels, ...annotations},
      ...(subsets.length > 0 && {subsets}),
    });
  } else if (!isDeepStrictEqual([there.subsets ?? [], there.metadata.labels], [subsets, labels]))
    registry.change('endpoints', there, draft => {
      draft.metadata.annotations = withTrigger(draft.metadata.annotations ?? {}, trigger);
      draft.metadata.labels = labels;
      draft.subsets = subsets;
    });
}

/** One for each set of ports, with the addresses in their order. */
function subsetsOf(service: Service, backends: readonly Backend[]): EndpointSubset[] {
  const shown = backends.filter(({terminating}) => !terminating || service.spec?.publishNotReadyAddresses);
  const groups = Map.groupBy(shown, ({ports}) => JSON.stringify(ports.toSorted(byName)));
  return [...groups].map(([ports, members]) => {
    const sorted = members.toSorted((one, other) => (one.ip < other.ip ? -1 : 1));
    const ready = sorted.filter(({ready}) => ready).map(addressOf);
    const notReady = sorted.filter(({ready}) => !ready).map(addressOf);
    return {
      ...(ready.length > 0 && {addresses: ready}),
      ...(notReady.length > 0 && {notReadyAddresses: notReady}),
      ...(ports !== '[]' && {ports: (JSON.parse(ports) as Backend['ports']).map(portOf)}),
    };
  });
}

const byName = (one: {name: string}, other: {name: string}) => (one.name < other.name ? -1 : 1);

const portOf = ({name, port, protocol}: Backend['ports'][number]): EndpointPort => ({
  ...(name !== '' && {name}),
  port,
  protocol,
});

const addressOf = ({ip, hostname, nodeName, pod}: Backend): EndpointAddress => ({
  ip,
  ...(hostname !== undefined && {hostname}),
  ...(nodeName !== undefined && {nodeName}),
  targetRef: targetOf(pod),
});
