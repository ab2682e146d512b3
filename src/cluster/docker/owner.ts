/** How a cluster is known to be statelab's: each of its containers carries it. */
export const ownerLabel = 'statelab.dev/owner=statelab';
