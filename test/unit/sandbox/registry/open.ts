import {onTestFinished} from 'vitest';
import type {KubeObject, ResourceId} from '../../../../src/sandbox/objects.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import type {Strategy} from '../../../../src/sandbox/registry/strategy.ts';
import {manualClock} from '../manual-clock.ts';
import {types} from './types.ts';

interface Options {
  directory?: string;
  strategies?: Partial<Record<ResourceId, Strategy>>;
}

/** A registry of a few resources, with the namespaces `lab` and `other`, closed when the test is over. */
export function labRegistry({directory = ':memory:', strategies = {}}: Options = {}) {
  const clock = manualClock();
  const registry = openRegistry({
    directory,
    types,
    strategies: {namespaces: namespaceStrategy, ...strategies},
    clock,
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= registry.close();
    return closed;
  };
  onTestFinished(close);
  for (const name of ['lab', 'other'])
    if (!registry.get('namespaces', undefined, name)) registry.create('namespaces', {metadata: {name}});
  const configMap = (name: string, rest: KubeObject = {}) =>
    registry.create('configmaps', {...rest, metadata: {name, namespace: 'lab', ...rest.metadata}});
  const pod = (name: string, rest: KubeObject = {}) =>
    registry.create('pods', {...rest, metadata: {name, namespace: 'lab', ...rest.metadata}});
  return {registry, clock, close, configMap, pod};
}

const namespaceStrategy: Strategy = {
  beforeCreate(draft) {
    Object.assign(draft, {spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}});
  },
};
