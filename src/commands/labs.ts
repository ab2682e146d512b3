import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {minutesLeft, notYetDone, pathProgress} from './path.ts';

/** Lists the labs in the order of the learning path, with the learner's progress in each and in all. */
export function listLabs(app: App): number {
  for (const lab of app.labs.ids().map(app.labs.get))
    app.view.report({type: 'listed-lab', lab, ...howFar(app, lab), after: notYetDone(app, lab)});
  app.view.report({type: 'path', ...pathProgress(app), minutes: minutesLeft(app)});
  return exitCodes.reached;
}

/** How many steps of a lab are done, of how many. */
export function howFar(app: App, lab: Lab): {reached: number; total: number} {
  const {reached, skipped} = progressOf(lab, app.journals.read(lab.id));
  return {reached: reached.length + skipped.length, total: lab.steps.length};
}
