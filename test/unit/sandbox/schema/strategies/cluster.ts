import {createFirstObjects} from '../../../../../src/sandbox/first-objects.ts';
import {type OpenRegistry, openRegistry} from '../../../../../src/sandbox/registry/open.ts';
import {resourceTypes} from '../../../../../src/sandbox/schema/resources.ts';
import {strategies} from '../../../../../src/sandbox/schema/strategies/index.ts';
import {type ManualClock, manualClock} from '../../manual-clock.ts';

/** A new cluster's registry with all strategies, and a namespace that Pods can be created in. */
export function newCluster(namespace: string, clock: ManualClock = manualClock()): OpenRegistry {
  const registry = openRegistry({directory: ':memory:', types: resourceTypes, strategies, clock});
  createFirstObjects(registry, 'local-path');
  registry.create('namespaces', {metadata: {name: namespace}});
  registry.create('serviceaccounts', {metadata: {namespace, name: 'default'}});
  return registry;
}
