import type {ReplicationController} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {replicaSets} from './replica-set.ts';
import type {TableOf} from './table.ts';

/** As of ReplicaSets, but for its selector, which is a plain map. */
export const replicationControllers: TableOf<string> = {
  columns: replicaSets.columns,
  cells(object, now) {
    const {spec, ...rest} = object as Stored<ReplicationController>;
    const matchLabels = spec?.selector ?? {};
    return replicaSets.cells({...rest, spec: {...spec, selector: {matchLabels}}} as never, now);
  },
};
