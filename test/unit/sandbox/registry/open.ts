import {onTestFinished} from 'vitest';
import type {SandboxClock} from '../../../../src/sandbox/clock.ts';
import type {KubeObject, ResourceId} from '../../../../src/sandbox/objects.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import type {Strategy} from '../../../../src/sandbox/registry/strategy.ts';
import {manualClock} from '../manual-clock.ts';
import {types} from './types.ts';

export interface Options {
  directory?: string;
  strategies?: Partial<Record<ResourceId, Strategy>>;
  clock?: SandboxClock;
}

/** A registry with a few types, with the namespaces `lab` and `other`, closed when the test is over. */
export function labRegistry({directory = ':memory:', clock = manualClock(), strategies = {}}: Options = {}) {
  const registry = openRegistry({
    directory,
    types,
    strategies: {namespaces: namespaceStrategy, ...strategies},
    clock,
  });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await registry.close();
  };
  onTestFinished(close);
  for (const name of ['lab', 'other'])
    if (!registry.get('namespaces', undefined, name)) registry.create('namespaces', {metadata: {name}});
  return {...bound(registry), registry, clock, close};
}

const bound = (registry: ReturnType<typeof openRegistry>) => ({
  /** A ConfigMap in the namespace lab. */
  configMap: (name: string, rest: KubeObject = {}) =>
    registry.create('configmaps', {...rest, metadata: {name, namespace: 'lab', ...rest.metadata}}),
});

const namespaceStrategy: Strategy = {
  beforeCreate(draft) {
    Object.assign(draft, {spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}});
  },
};
