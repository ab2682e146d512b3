/**
 * `reached`, `converging` (right way, not there yet), `off-track` (not what was asked), `dead-end` (cannot
 * become true any more: go back), `cannot-tell` (checker or cluster failed: never the learner's fault).
 */
export type Verdict = 'reached' | 'converging' | 'off-track' | 'dead-end' | 'cannot-tell';
