/** What is peculiar to workloads that know their Pods by name, and to what they leave behind. */
export interface StatefulSetFacts {
  /** `pods`: those that still have the old template. */
  'update-held': {pods: string[]; partition?: number};
  /** A Pod that nobody owns any more: its owner was deleted without it. */
  orphaned: {owner: string};
  /** What carries the labels or annotations that were changed, instead of the template. */
  'outside-template': {what: 'labels' | 'annotations'; workload: string};
  /** A claim that a retention policy does not reach, because its Pod was gone when the policy came. */
  'retention-too-late': {workload: string; pod: string; replicas: number};
}
