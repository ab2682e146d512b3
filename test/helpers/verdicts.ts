import {expect} from 'vitest';
import type {EngineEvent} from '../../src/engine/events.ts';
import {labOn, whySkipped} from '../../src/engine/needs.ts';
import type {Capabilities} from '../../src/lab/needs.ts';
import type {LabFile, Step} from '../../src/lab/schema.ts';

/** What a run has to say of one step when it is done as the lab means it: the same on every cluster of its kind. */
const saidOf = ({id, milestones}: Step): string[] => [
  // That something was kept is said at the end.
  ...milestones.filter(({kept}) => !kept).map(milestone => `${id}: ${milestone.id}`),
  ...milestones.filter(({kept}) => kept).map(milestone => `${id}: ${milestone.id}`),
  `${id} reached`,
];

/** All that a run of a lab has to say on a cluster, step by step. */
export const saidOfLab = (lab: LabFile, cluster: Capabilities): string[] =>
  labOn(lab, cluster).steps.flatMap(step => {
    const why = whySkipped(step, cluster);
    return why ? [`${step.id} skipped: ${why}`] : saidOf(step);
  });

/** What a run said, in the same words. */
export const said = (events: readonly {type: string}[]): string[] =>
  (events as readonly EngineEvent[]).flatMap(event => {
    if (event.type === 'milestone') return `${event.step}: ${event.milestone}`;
    if (event.type === 'reached') return `${event.step} reached`;
    return event.type === 'skipped' ? `${event.step} skipped: ${event.why}` : [];
  });

/** On the right way there is no dead end, nothing that could not be told, and no step that has to be begun anew. */
export function expectNoDetour(events: readonly {type: string}[]): void {
  const detours = (events as readonly EngineEvent[]).filter(
    event =>
      event.type === 'rewound' ||
      (event.type === 'judged' && ['dead-end', 'cannot-tell'].includes(event.verdict)),
  );
  expect(detours).toEqual([]);
}
