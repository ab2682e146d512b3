import type {Kinds} from '../objects.ts';
import type {Change} from '../registry/registry.ts';

/** Is this a change of that resource? */
export const isOf = <R extends keyof Kinds>(change: Change, resource: R): change is Change<R> =>
  change.resource === resource;

/** A node that is new, or whose `part` is another than before. */
export const nodeChanged = (change: Change, part: (node: Change<'nodes'>['object']) => unknown): boolean =>
  isOf(change, 'nodes') &&
  change.type !== 'DELETED' &&
  (!change.before || JSON.stringify(part(change.before)) !== JSON.stringify(part(change.object)));

export const nodeAdded = (change: Change): boolean => isOf(change, 'nodes') && change.type === 'ADDED';

/** A Pod that no longer takes any room on its node: gone, or finished. */
export const podLeft = (change: Change): boolean =>
  isOf(change, 'pods') &&
  change.object.spec?.nodeName !== undefined &&
  (change.type === 'DELETED' || (isFinished(change.object) && !(change.before && isFinished(change.before))));

/** A Pod that came to a node or left it, or has other labels: what affinity between Pods looks at. */
export const neighboursChanged = (change: Change): boolean =>
  isOf(change, 'pods') &&
  (podLeft(change) ||
    change.before?.spec?.nodeName !== change.object.spec?.nodeName ||
    change.before?.metadata.labels !== change.object.metadata.labels);

export const isFinished = ({status}: Change<'pods'>['object']) =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed';
