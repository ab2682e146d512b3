import type {Of} from '../../objects.ts';

/** What a fieldRef may point to besides the Pod's object: what only its node knows. */
export interface PodPlace {
  podIP: string | undefined;
  hostIP: string;
}

/** The value of a downward API field, e.g. metadata.labels['app'], status.podIP. Undefined: not there (yet). */
export function fieldValue(pod: Of<'pods'>, fieldPath: string, place: PodPlace): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(fieldPath) ?? [];
  if (map !== undefined && key !== undefined)
    return pod.metadata[map as 'labels' | 'annotations']?.[key] ?? '';
  switch (fieldPath) {
    case 'metadata.name':
      return pod.metadata.name;
    case 'metadata.namespace':
      return pod.metadata.namespace;
    case 'metadata.uid':
      return pod.metadata.uid;
    case 'metadata.labels':
      return asLines(pod.metadata.labels);
    case 'metadata.annotations':
      return asLines(pod.metadata.annotations);
    case 'spec.nodeName':
      return pod.spec?.nodeName;
    case 'spec.serviceAccountName':
      return pod.spec?.serviceAccountName;
    case 'status.hostIP':
    case 'status.hostIPs':
      return place.hostIP;
    case 'status.podIP':
    case 'status.podIPs':
      return place.podIP;
    default:
      return undefined;
  }
}

const asLines = (map: Readonly<Record<string, string>> = {}) =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .toSorted()
    .join('\n');
