import {ExpectedError, exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';

/** The lab that was named, else the one that was worked on last. @throws ExpectedError `no-lab-open`, `unknown-lab` */
export function currentLab(app: App, named?: string): Lab {
  const id =
    named ?? app.outside.env.STATELAB_LAB ?? app.journals.labs().find(lab => app.labs.ids().includes(lab));
  if (id === undefined) throw new ExpectedError('no-lab-open', {}, {exitCode: exitCodes.usage});
  return app.labs.get(id);
}
