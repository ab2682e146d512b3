import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {listClusters} from './cluster.ts';
import {howFar} from './labs.ts';
import {isBegun, minutesLeft, nextLab, notYetDone, pathProgress} from './path.ts';
import {type RunOptions, runLab} from './run.ts';
import type {Choice} from './view.ts';

/** Offers what to do next, the most likely first, until the learner quits. */
export async function showMenu(app: App, options: RunOptions): Promise<number> {
  let choices = likeliest;
  for (;;) {
    const choice = await app.view.choose(choices(app), {...pathProgress(app), minutes: minutesLeft(app)});
    choices = choice.type === 'others' ? everyLab : likeliest;
    if (choice.type === 'quit') return exitCodes.reached;
    if (choice.type === 'clusters') await listClusters(app);
    else if ('lab' in choice) return runLab(app, choice.lab, options);
  }
}

/** The labs that were begun, the newest on top, and the one that comes next on the learning path. */
function likeliest(app: App): Choice[] {
  const ids = app.labs.ids();
  const next = nextLab(app, 'next')?.id;
  const begun = app.journals
    .labs()
    .filter(id => ids.includes(id) && id !== next)
    .map(app.labs.get)
    .map(lab => choiceOf(app, lab))
    .filter(({type}) => type === 'go-on');
  return [
    ...begun,
    ...(next === undefined ? [] : [choiceOf(app, app.labs.get(next))]),
    ...(ids.length > 1 ? [{type: 'others'} as const] : []),
    {type: 'clusters'},
    {type: 'quit'},
  ];
}

/** All labs, in the order of the learning path. */
const everyLab = (app: App): Choice[] => [
  ...app.labs
    .ids()
    .map(app.labs.get)
    .map(lab => choiceOf(app, lab)),
  {type: 'back'},
];

function choiceOf(app: App, lab: Lab): Choice {
  const progress = progressOf(lab, app.journals.read(lab.id));
  const {current} = progress;
  if (current !== undefined && isBegun(progress)) return {type: 'go-on', lab, step: current};
  return {type: 'start', lab, reached: howFar(app, lab).reached, after: notYetDone(app, lab)};
}
