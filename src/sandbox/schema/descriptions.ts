import {fromClientNode} from './descriptions/client-node.ts';
import {fromKubernetesTypes} from './descriptions/kubernetes-types.ts';

/** The words for a type and its fields, as `kubectl explain` shows them. */
export interface Descriptions {
  type: string;
  fields: ReadonlyMap<string, string>;
}

const cache = new Map<string, Descriptions>();

/**
 * What Kubernetes says about a type, in its own words: read from two packages that carry them. The one is of the newer
 * version and there at run time anyhow; the other also describes fields that hold another described type.
 * @param type e.g. io.k8s.api.core.v1.Container
 */
export function describe(type: string): Descriptions {
  const known = cache.get(type);
  if (known) return known;
  const [newer, older] = [fromClientNode(type), fromKubernetesTypes(type)];
  const descriptions = {
    type: newer?.type || older?.type || '',
    fields: new Map([...(older?.fields ?? []), ...(newer?.fields ?? [])]),
  };
  cache.set(type, descriptions);
  return descriptions;
}
