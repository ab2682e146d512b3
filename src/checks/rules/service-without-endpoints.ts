import {refOf} from '../../world/object.ts';
import {hasLabels, inLab} from '../select.ts';
import type {Rule} from './rule.ts';

/** A Service whose selector finds no ready Pod: its name resolves, but nothing answers. */
export const serviceWithoutEndpoints: Rule = ({scene, milestone}) => {
  const concerns = ['services', 'endpointslices.discovery.k8s.io'].includes(milestone.object?.kind ?? '');
  if (!concerns && !milestone.probe) return undefined;
  for (const service of inLab({kind: 'services'}, scene)) {
    const {selector} = (service.spec ?? {}) as {selector?: Record<string, string>};
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
    return {
      code: 'service-without-endpoints',
      facts: {
        selector: Object.entries(selector)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
      },
      object: refOf('services', service),
      path: 'spec.selector',
      verdict: 'off-track',
    };
  }
  return undefined;
};
