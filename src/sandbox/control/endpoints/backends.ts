import {selectsExactly} from '../../label-selector.ts';
import type {Of} from '../../objects.ts';
import type {Change, Registry} from '../../registry/registry.ts';
import {keyOf} from '../reconciler.ts';
import {isFinished, isReady, isTerminating, type Pod} from '../workload/pods.ts';
import {type Port, portsOf} from './ports.ts';

export type Service = Of<'services'>;

/** A Pod behind a Service. */
export interface Backend {
  ip: string;
  /** Where its Service is the Pod's subdomain: the name that DNS knows it by. */
  hostname: string | undefined;
  nodeName: string | undefined;
  pod: Pod;
  ports: readonly Port[];
  /** May be sent to: always, where the Service publishes not-ready addresses. */
  ready: boolean;
  /** Its probe is content, though it may be terminating. */
  serving: boolean;
  terminating: boolean;
}

/** Does anybody keep the Service's endpoints up to date but the user? */
export const isSelecting = ({spec}: Service) => spec?.selector !== undefined && spec.type !== 'ExternalName';

/** All Pods with an address that a Service selects, also those that are not ready. */
export function backendsOf(registry: Registry, service: Service): Backend[] {
  const {spec, metadata} = service;
  const publishAll = spec?.publishNotReadyAddresses ?? false;
  return registry
    .list('pods', metadata.namespace)
    .filter(
      pod =>
        pod.status?.podIP && !isFinished(pod) && selectsExactly(spec?.selector ?? {}, pod.metadata.labels),
    )
    .map(pod => {
      const serving = isReady(pod);
      const terminating = isTerminating(pod);
      const {hostname, subdomain, nodeName} = pod.spec ?? {};
      return {
        ip: pod.status?.podIP ?? '',
        hostname: subdomain === metadata.name ? hostname : undefined,
        nodeName,
        pod,
        ports: portsOf(service, pod),
        ready: publishAll || (serving && !terminating),
        serving,
        terminating,
      };
    });
}

export const targetOf = ({metadata: {namespace, name, uid}}: Pod) => ({
  kind: 'Pod',
  ...(namespace !== undefined && {namespace}),
  name,
  uid,
});

/** The Services whose endpoints a change of a Pod may alter. */
export function servicesBehind(registry: Registry, {object, before, type}: Change<'pods'>): string[] {
  if (type === 'MODIFIED' && before && outlook(object) === outlook(before)) return [];
  return registry
    .list('services', object.metadata.namespace)
    .filter(service => isSelecting(service) && [object, before].some(pod => pod && selected(service, pod)))
    .map(keyOf);
}

const selected = ({spec}: Service, {metadata}: Pod) => selectsExactly(spec?.selector ?? {}, metadata.labels);

/** All of a Pod that endpoints show. */
const outlook = (pod: Pod) =>
  JSON.stringify([
    pod.metadata.labels,
    pod.status?.podIP,
    pod.spec?.nodeName,
    isReady(pod),
    isTerminating(pod),
    isFinished(pod),
  ]);

/** The labels of a Service that what is made for it carries too. */
export const labelsFor = ({metadata, spec}: Service): Record<string, string> => ({
  ...metadata.labels,
  ...(spec?.clusterIP === 'None' && {'service.kubernetes.io/headless': ''}),
});
