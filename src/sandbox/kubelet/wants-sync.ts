import {isDeepStrictEqual} from 'node:util';
import type {Of} from '../objects.ts';
import type {Change} from '../registry/registry.ts';

/**
 * Is a change of a Pod one that its kubelet acts on? Status is not, which is the kubelet's own word, but for the
 * conditions that others set and readiness gates ask for.
 */
export const wantsSync = ({type, object, before}: Change<'pods'>): boolean =>
  type !== 'MODIFIED' || before === undefined || !isDeepStrictEqual(asked(object), asked(before));

function asked({metadata, spec, status}: Of<'pods'>) {
  const {labels, annotations, finalizers, deletionTimestamp, deletionGracePeriodSeconds} = metadata;
  const gates = (spec?.readinessGates ?? []).map(({conditionType}) =>
    status?.conditions?.find(({type}) => type === conditionType),
  );
  return [spec, labels, annotations, finalizers, deletionTimestamp, deletionGracePeriodSeconds, gates];
}
