import {refOf} from '../../world/object.ts';
import {hasLabels, inLab} from '../select.ts';
import {similarPod} from './nearest-pod.ts';
import type {Rule} from './rule.ts';
import {concernsServices, labelsOf, selectedBy, serviceSpecOf} from './services.ts';

/** A Service whose selector finds no ready Pod: its name resolves, but nothing answers. */
export const serviceWithoutEndpoints: Rule = context => {
  const {scene} = context;
  if (!concernsServices(context)) return undefined;
  for (const service of inLab({kind: 'services'}, scene)) {
    const {selector} = serviceSpecOf(service);
    if (!selector) continue;
    const slices = inLab({kind: 'endpointslices.discovery.k8s.io'}, scene).filter(slice =>
      hasLabels(slice.metadata.labels, `kubernetes.io/service-name=${service.metadata.name}`),
    );
    const ready = slices.some(slice =>
      ((slice.endpoints ?? []) as {conditions?: {ready?: boolean}}[]).some(
        ({conditions}) => conditions?.ready !== false,
      ),
    );
    if (slices.length === 0 || ready) continue;
    const unready = selectedBy(service, scene).map(({metadata}) => metadata.name);
    const nearest = unready.length === 0 ? similarPod(labelsOf(selector), scene) : undefined;
    return {
      code: 'service-without-endpoints',
      facts: {
        selector: labelsOf(selector),
        ...(unready.length > 0 ? {unready} : {}),
        ...(nearest ? {nearest} : {}),
      },
      object: refOf('services', service),
      path: 'spec.selector',
      verdict: 'off-track',
    };
  }
  return undefined;
};
