import type {Container, PodSpec} from 'kubernetes-types/core/v1.d.ts';

/** All of a Pod's containers, in the order in which Pod security looks at them. */
export const allContainers = ({initContainers = [], containers = []}: PodSpec): Container[] => [
  ...initContainers,
  ...containers,
];

/** `container "a"`, `containers "a", "b"` */
export const namesOf = (containers: readonly Pick<Container, 'name'>[]) =>
  `${plural('container', containers)} ${quoted(containers.map(({name}) => name))}`;

export const quoted = (words: readonly string[]) => words.map(word => `"${word}"`).join(', ');

export const plural = (word: string, things: readonly unknown[]) => (things.length === 1 ? word : `${word}s`);

/** Who of the Pod itself and its containers: `pod`, `container "a"` or `pod and container "a"`. */
export const whoSets = (pod: boolean, containers: readonly Pick<Container, 'name'>[]) =>
  [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [namesOf(containers)] : [])].join(' and ');
