import type {KubeObject} from '../../world/object.ts';
import {hasLabels, inLab, type Scene} from '../select.ts';
import type {RuleContext} from './rule.ts';

export interface ServiceSpec {
  selector?: Record<string, string>;
  clusterIP?: string;
  ports?: {name?: string; port: number; targetPort?: number | string}[];
}
export const serviceSpecOf = (service: KubeObject) => (service.spec ?? {}) as ServiceSpec;

/** Is the milestone about Services, or does it ask a program that may need one? */
export const concernsServices = ({milestone}: RuleContext): boolean =>
  milestone.probe !== undefined ||
  ['services', 'endpointslices.discovery.k8s.io'].includes(milestone.object?.kind ?? '');

export const labelsOf = (labels: Record<string, string> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** The Pods that a Service's selector finds; none for one without a selector. */
export function selectedBy(service: KubeObject, scene: Scene): KubeObject[] {
  const selector = labelsOf(serviceSpecOf(service).selector);
  if (selector === '') return [];
  return inLab({kind: 'pods'}, scene).filter(({metadata}) => hasLabels(metadata.labels, selector));
}
