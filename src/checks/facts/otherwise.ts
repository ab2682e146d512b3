/** Something was done, but not as asked: to another object, in another place, with another value. */
export interface OtherwiseFacts {
  'wrong-namespace': {found: string; wanted: string};
  'wrong-name': {found: string; wanted: string};
  /** `madeBy`: the workload that the Pod belongs to, where a Pod of its own was asked for. */
  'wrong-kind': {wanted: string; madeBy?: string};
  /**
   * `fixed`: the field of such an object cannot be changed; it has to be made anew. Without `wanted`: whatever it is, it
   * has to be there; `has` are those that are. `not`: what it must not be.
   */
  'wrong-field': {found: string | undefined; wanted?: string; not?: string; has?: string[]; fixed: boolean};
  'scaled-replicaset': {replicaSet: string; deployment: string};
  'scaled-elsewhere': {found: string; replicas: number; wanted: string};
  /** A Pod that is wanted is missing, since its workload was scaled below it. */
  'scaled-away': {replicas: number; before: number};
  'scaled-not-deleted': {replicas: number};
  'made-again': {owner: string};
  'deleted-meanwhile': {at: number};
  'rollout-paused': Record<string, never>;
  /** A StatefulSet's template was mended, but it waits for a Pod of the old one that never gets ready. */
  'rollout-stuck': {workload: string};
}
