import {checks} from './checks/index.ts';
import type {Facts} from './facts.ts';
import {checkIds, type Finding} from './finding.ts';

/** Judges all that is known. Pure; the order is that of `checkGroups`. */
export const examine = (facts: Facts): Finding[] => checkIds.flatMap(id => [...checks[id](facts)]);
