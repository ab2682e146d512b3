import {distance} from 'fastest-levenshtein';
import type {KubeObject} from '../../world/object.ts';
import {inLab, type Scene} from '../select.ts';
import {labelsOf} from './services.ts';

/** Labels that controllers add are none that a learner would select by. */
const isOwnLabel = (key: string) =>
  /^(pod-template-hash|controller-revision-hash|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/)/.test(
    key,
  );

/** The Pod whose labels look most like those that are selected by. */
export function nearestPod(selector: string, scene: Scene): {pod: string; labels: string} | undefined {
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
