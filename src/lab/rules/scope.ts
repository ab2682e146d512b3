import type {LabFile} from '../schema.ts';

/** The variables that every lab has, apart from its images and what it remembers. */
export const builtIn = ['namespace', 'worker1', 'worker2', 'dataDir'];

/**
 * The names that are remembered when a milestone is judged, or, without one, at the end of the step. A
 * name from a step that a small cluster skips is only there in steps that need as many nodes.
 */
export function rememberedAt(lab: LabFile, step: number, milestone = Number.POSITIVE_INFINITY): string[] {
  const nodes = nodesOf(lab, step);
  return lab.steps.slice(0, step + 1).flatMap((one, index) => {
    if (nodesOf(lab, index) > nodes) return [];
    return one.milestones
      .slice(0, index === step ? milestone : undefined)
      .flatMap(({remember}) => remember ?? []);
  });
}

/** Everything that is remembered anywhere in the lab. */
export const allRemembered = (lab: LabFile): string[] =>
  lab.steps.flatMap(step => step.milestones.flatMap(({remember}) => remember ?? []));

const nodesOf = (lab: LabFile, step: number) => lab.steps[step]?.needs?.workers ?? lab.needs.workers ?? 1;
