/** Something was done, but not as asked: to another object, in another place, with another value. */
export interface OtherwiseFacts {
  'wrong-namespace': {found: string; wanted: string};
  'wrong-name': {found: string; wanted: string};
  'wrong-kind': {wanted: string};
  /** `fixed`: the field of such an object cannot be changed; it has to be made anew. */
  'wrong-field': {found: string | undefined; wanted: string; fixed: boolean};
  'scaled-replicaset': {replicaSet: string; deployment: string};
  'scaled-elsewhere': {found: string; replicas: number; wanted: string};
  'scaled-not-deleted': {replicas: number};
  'made-again': {owner: string};
  'deleted-meanwhile': {at: number};
  'rollout-paused': Record<string, never>;
  /** A StatefulSet's template was mended, but it waits for a Pod of the old one that never gets ready. */
  'rollout-stuck': {workload: string};
}
