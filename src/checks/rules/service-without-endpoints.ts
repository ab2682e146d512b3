import {distance} from 'fastest-levenshtein';
import {type KubeObject, refOf} from '../../world/object.ts';
import {hasLabels, inLab, type Scene} from '../select.ts';
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
    const nearest = unready.length === 0 ? nearestPod(labelsOf(selector), scene) : undefined;
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

/** Labels that controllers add are none that a learner would select by. */
const isOwnLabel = (key: string) =>
  /^(pod-template-hash|controller-revision-hash|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/)/.test(
    key,
  );

/** The Pod whose labels look most like those that are selected by. */
function nearestPod(selector: string, scene: Scene): {pod: string; labels: string} | undefined {
  const written = (pod: KubeObject) =>
    labelsOf(
      Object.fromEntries(Object.entries(pod.metadata.labels ?? {}).filter(([key]) => !isOwnLabel(key))),
    );
  const [best] = inLab({kind: 'pods'}, scene)
    .map(pod => ({pod: pod.metadata.name, labels: written(pod)}))
    .filter(({labels}) => labels !== '')
    .sort((a, b) => distance(selector, a.labels) - distance(selector, b.labels));
  return best;
}
