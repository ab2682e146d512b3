import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {listClusters} from './cluster.ts';
import {howFar} from './labs.ts';
import {type RunOptions, runLab} from './run.ts';
import type {Choice} from './view.ts';

/** Offers what to do next, the most likely first, until the learner quits. */
export async function showMenu(app: App, options: RunOptions): Promise<number> {
  for (;;) {
    const choice = await app.view.choose(choicesNow(app));
    if (choice.type === 'quit') return exitCodes.reached;
    if (choice.type === 'clusters') await listClusters(app);
    else return runLab(app, choice.lab, options);
  }
}

/** Labs that were begun come first, the newest on top; then those not begun, then those that are through. */
function choicesNow(app: App): Choice[] {
  const begun = app.journals.labs().filter(id => app.labs.ids().includes(id));
  const labs = [...begun, ...app.labs.ids().filter(id => !begun.includes(id))].map(app.labs.get);
  const choices = labs.map((lab): Choice & {rank: number} => {
    const {current} = progressOf(lab, app.journals.read(lab.id));
    const {reached, total} = howFar(app, lab);
    if (current !== undefined && begun.includes(lab.id)) return {type: 'go-on', lab, step: current, rank: 0};
    return {type: 'start', lab, reached, rank: reached === total ? 2 : 1};
  });
  return [...choices.sort((a, b) => a.rank - b.rank), {type: 'clusters'}, {type: 'quit'}];
}
