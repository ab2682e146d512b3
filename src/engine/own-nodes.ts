import type {Cluster} from './ports.ts';

/** Are the nodes statelab's own? On a cluster that others use too much less may be done to them. */
export const ownsNodes = ({guest}: Pick<Cluster, 'guest'>): boolean => guest === undefined;
