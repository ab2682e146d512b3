import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {isBegun, nextLab, notYetDone, pathProgress} from './path.ts';
import {type RunOptions, runLab} from './run.ts';

/**
 * Walks the lab that was named, else the one where the learner is, and says which that is.
 * @throws ExpectedError `unknown-lab`
 */
export async function runChosen(app: App, named: string | undefined, options: RunOptions): Promise<number> {
  const lab = chooseLab(app, named ?? app.outside.env.STATELAB_LAB);
  if (!lab) {
    app.view.report({type: 'path', ...pathProgress(app)});
    return exitCodes.reached;
  }
  const after = notYetDone(app, lab);
  if (after.length > 0 && !isBegun(progressOf(lab, app.journals.read(lab.id))))
    app.view.report({type: 'lab-presupposes', lab, after});
  return runLab(app, lab, options);
}

/** Undefined when nobody named one and all are done. */
function chooseLab(app: App, named: string | undefined): Lab | undefined {
  if (named !== undefined) return app.labs.get(named);
  const next = nextLab(app);
  if (!next) return undefined;
  const lab = app.labs.get(next.id);
  app.view.report({type: 'lab-chosen', lab, because: next.because});
  return lab;
}
