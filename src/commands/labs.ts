import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';

/** Lists the labs with the learner's progress. */
export function listLabs(app: App): number {
  for (const lab of app.labs.ids().map(app.labs.get))
    app.view.report({type: 'listed-lab', lab, ...howFar(app, lab)});
  return exitCodes.reached;
}

/** How many steps of a lab are done, of how many. */
export function howFar(app: App, lab: Lab): {reached: number; total: number} {
  const {reached, skipped} = progressOf(lab, app.journals.read(lab.id));
  return {reached: reached.length + skipped.length, total: lab.steps.length};
}
