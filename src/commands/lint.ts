import {exitCodes} from '../errors.ts';
import type {App} from './app.ts';

/** Checks a lab's folder, for those who write labs: every problem at once. @throws ExpectedError `broken-lab` */
export function lintLabIn(app: App, folder: string): number {
  const lab = app.labs.loadFrom(folder);
  app.view.report({type: 'lab-sound', lab});
  return exitCodes.reached;
}
