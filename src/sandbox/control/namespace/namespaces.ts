import type {Of} from '../../objects.ts';
import type {Controller} from '../controller.ts';
import {itself, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {deletionConditions} from './conditions.ts';
import {emptyNamespace} from './content.ts';

/** How long a namespace is left as it is after its deletion, in milliseconds: as long as the real controller leaves it. */
const grace = 5000;

/** Empties a namespace that is being deleted, Pods first, says what it waits for, and lets it go. */
export const namespaces: Controller = context => {
  const {registry, clock, signal} = context;
  const queue = reconciler(context, {
    name: 'namespace-controller',
    watches: {namespaces: itself},
    reconcile(name): LookAgain | undefined {
      const namespace = registry.get('namespaces', undefined, name);
      const deletedAt = namespace?.metadata.deletionTimestamp;
      if (!namespace || deletedAt === undefined || !isHeld(namespace)) return;
      const left = grace - clock.since(Date.parse(deletedAt));
      if (left > 0) return {after: left};
      const remaining = emptyNamespace(registry, name);
      registry.change(
        'namespaces',
        namespace,
        draft => {
          const before = draft.status?.conditions ?? [];
          draft.status = {...draft.status, conditions: deletionConditions(before, clock.now(), remaining)};
        },
        {subresource: 'status'},
      );
      if (remaining?.length === 0)
        registry.change('namespaces', namespace, release, {subresource: 'finalize'});
    },
  });
  const cancel = registry.subscribe(({type, object: {metadata}}) => {
    if (type === 'DELETED' && isGoing(metadata.namespace)) queue.add(metadata.namespace);
  });
  const isGoing = (name: string | undefined): name is string =>
    name !== undefined &&
    registry.get('namespaces', undefined, name)?.metadata.deletionTimestamp !== undefined;
  signal.addEventListener('abort', cancel);
};

const finalizer = 'kubernetes';
const isHeld = ({spec}: Of<'namespaces'>) => spec?.finalizers?.includes(finalizer) ?? false;

const release = ({spec}: Of<'namespaces'>) => {
  if (spec) spec.finalizers = spec.finalizers?.filter(one => one !== finalizer) ?? [];
};
