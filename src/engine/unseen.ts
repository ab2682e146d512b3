import {looksOf} from '../lab/look-of.ts';
import type {Milestone, Step} from '../lab/schema.ts';

/**
 * Steps as they are where some kinds may not be looked at: without the milestones about them and those that build on
 * what these would have remembered. A step of which nothing is left, or that cannot be done without, is marked.
 */
export function withoutUnseen<S extends Step>(
  steps: readonly S[],
  kinds: readonly string[],
): (S & {unseen?: true})[] {
  if (kinds.length === 0) return [...steps];
  const lost = new Set<string>();
  return steps.map(step => {
    const isLost = (milestone: Milestone) =>
      kindsOf(milestone).some(kind => kinds.includes(kind)) || mentions(milestone, lost);
    const milestones: Milestone[] = [];
    for (const milestone of step.milestones) {
      const gone = isLost(milestone);
      if (!gone) milestones.push(milestone);
      if (milestone.remember) lost[gone ? 'add' : 'delete'](milestone.remember);
    }
    if (!cannotDoWithout(step, milestones, lost)) return {...step, milestones};
    for (const {remember} of step.milestones) if (remember) lost.add(remember);
    return {...step, milestones, unseen: true as const};
  });
}

/** An answer is what a question is for, and a command needs every word of it. */
function cannotDoWithout(step: Step, left: readonly Milestone[], lost: ReadonlySet<string>): boolean {
  if (step.type === 'predict' || step.type === 'look') return false;
  const none = step.milestones.length > 0 && left.length === 0;
  const unanswered = step.milestones.some(({answer}) => answer) && !left.some(({answer}) => answer);
  return none || unanswered || mentions([step.command, step.solve], lost);
}

const kindsOf = (milestone: Milestone): string[] => {
  const {object, answer} = milestone;
  const asked = looksOf(milestone).flatMap(look =>
    'log' in look ? look.log.object : 'exec' in look ? look.exec.object : [],
  );
  return [object, answer && 'value' in answer ? answer.object : undefined, ...asked].flatMap(
    selector => selector?.kind ?? [],
  );
};

/** Is one of the names in it: as `$name`, in `${name.metadata.uid}`, or in an expression as `name.metadata.uid`? */
function mentions(value: unknown, names: ReadonlySet<string>): boolean {
  const text = JSON.stringify(value);
  return [...names].some(name =>
    new RegExp(`[$]${name}\\b|[$]\\{${name}[.}|]|(?<![\\w.])${name}\\.`).test(text),
  );
}
