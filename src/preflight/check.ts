import type {Facts} from './facts.ts';
import type {Finding} from './finding.ts';

/** Judges one thing, from what was found out about it. Nothing when there is nothing to judge. */
export type Check = (facts: Facts) => readonly Finding[];
