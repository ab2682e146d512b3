import type {DatabaseId} from '../lab/databases.ts';
import type {LabFile} from '../lab/schema.ts';
import {secondsOf} from '../lab/usual-seconds.ts';

/**
 * A lab as it is with a database, and on a cluster where what takes time goes faster: what it expects to take, and to
 * last, so many seconds is shorter there by the same factor.
 */
export const labAtSpeed = <L extends LabFile>(lab: L, speed: number, database?: DatabaseId): L => ({
  ...lab,
  steps: lab.steps.map(step => ({
    ...step,
    milestones: step.milestones.map(milestone => ({
      ...milestone,
      ...(milestone.holds && {holds: milestone.holds / speed}),
      ...(milestone.expect && {
        expect: {
          ...milestone.expect,
          within: Math.ceil(secondsOf(milestone.expect.within, database) / speed),
        },
      }),
    })),
  })),
});
