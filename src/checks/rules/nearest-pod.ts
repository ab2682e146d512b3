import {distance} from 'fastest-levenshtein';
import type {KubeObject} from '../../world/object.ts';
import {nearest} from '../nearest.ts';
import {inLab, type Scene} from '../select.ts';
import {labelsOf} from './services.ts';

/** Labels that controllers add are none that a learner would select by. */
const isOwnLabel = (key: string) =>
  /^(pod-template-hash|controller-revision-hash|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/)/.test(
    key,
  );

/** The same, but only where a slip of the fingers may have made the selector from its labels. */
export function similarPod(selector: string, scene: Scene): {pod: string; labels: string} | undefined {
  const terms = selector.split(',');
  const isSimilar = (labels: string) =>
    terms.every(term => labels.split(',').some(label => label === term || nearest(term, [label])));
  return podsByDistance(selector, scene).find(({labels}) => isSimilar(labels));
}

/** The Pod whose labels look most like those that are selected by. */
export const nearestPod = (selector: string, scene: Scene): {pod: string; labels: string} | undefined =>
  podsByDistance(selector, scene)[0];

function podsByDistance(selector: string, scene: Scene): {pod: string; labels: string}[] {
  const written = (pod: KubeObject) =>
    labelsOf(
      Object.fromEntries(Object.entries(pod.metadata.labels ?? {}).filter(([key]) => !isOwnLabel(key))),
    );
  return inLab({kind: 'pods'}, scene)
    .map(pod => ({pod: pod.metadata.name, labels: written(pod)}))
    .filter(({labels}) => labels !== '')
    .sort((a, b) => distance(selector, a.labels) - distance(selector, b.labels));
}
