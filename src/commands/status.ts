import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {currentLab} from './current-lab.ts';
import {pathProgress} from './path.ts';

/** Says where the learner is, in a lab and (where none is named) on the learning path, from the journals alone. */
export function showStatus(app: App, named?: string): number {
  if (named === undefined && app.journals.labs().length === 0) {
    app.view.report({type: 'status', reached: [], skipped: [], total: 0});
    return exitCodes.reached;
  }
  const lab = currentLab(app, named);
  const {place, reached, skipped, current} = progressOf(lab, app.journals.read(lab.id));
  app.view.report({
    type: 'status',
    lab,
    reached,
    skipped,
    total: lab.steps.length,
    ...(current === undefined ? {} : {step: current}),
    ...(place ? {provider: place.provider, cluster: place.cluster} : {}),
  });
  if (named === undefined) app.view.report({type: 'path', ...pathProgress(app)});
  return exitCodes.reached;
}
