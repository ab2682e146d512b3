import type {ResourceId} from '../objects.ts';

/** One resource as discovery tells of it. */
export interface ResourceType {
  id: ResourceId;
  /** '' for the core group. */
  group: string;
  version: string;
  /** Plural, e.g. persistentvolumeclaims. */
  resource: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  shortNames: readonly string[];
  /** e.g. all */
  categories: readonly string[];
  verbs: readonly string[];
  /** By name (status, scale, log…): what it takes and its verbs. */
  subresources: Readonly<
    Record<string, {kind: string; group?: string; version?: string; verbs: readonly string[]}>
  >;
}

/** e.g. v1, apps/v1 */
export const apiVersionOf = ({group, version}: Pick<ResourceType, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;
