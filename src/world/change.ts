import type {WatchKind} from '../lab/schema.ts';
import type {KubeObject, Millis} from './object.ts';

/** One watch: a kind, in a namespace or (cluster-wide kinds) in none. */
export interface WatchTarget {
  kind: WatchKind;
  namespace?: string;
}

/** What a watch tells the world. `at` is the time of arrival. */
export type WorldChange = {at: Millis; watch: WatchTarget} & (
  | {type: 'put'; object: KubeObject}
  | {type: 'deleted'; object: KubeObject}
  /** All there is now: at the start, and after a time that could not be watched (410, a broken stream). */
  | {type: 'listed'; objects: KubeObject[]}
  /** The API did not answer. What was last seen stays, but nothing may be concluded from it. */
  | {type: 'blind'; cause: unknown}
  /** The watch goes on where it stopped; nothing was missed. */
  | {type: 'sighted'}
);

export const watchKey = ({kind, namespace}: WatchTarget) =>
  namespace === undefined ? kind : `${namespace}/${kind}`;
