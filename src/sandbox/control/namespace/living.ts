import type {Registry} from '../../registry/registry.ts';

/** Is the namespace there, and not on its way out? */
export function isLiving(registry: Registry, name: string): boolean {
  const namespace = registry.get('namespaces', undefined, name);
  return namespace !== undefined && namespace.metadata.deletionTimestamp === undefined;
}
