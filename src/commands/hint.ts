import {variablesOf, workersOf} from '../engine/place.ts';
import {progressOf} from '../engine/progress.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {chooseDatabase} from './choose-database.ts';
import {withJournalIfFree} from './journal-if-free.ts';

/** Gives the next hint of the current step; the last one again when there are no more. Needs no cluster. */
export const giveHint = (app: App, lab: Lab): Promise<number> =>
  withJournalIfFree(app, lab, async journal => {
    const {current, hints, remembered, baseline, place, capabilities} = progressOf(
      lab,
      journal?.entries ?? app.journals.read(lab.id),
    );
    const step = lab.steps.find(({id}) => id === current);
    if (!step) {
      app.view.report({
        type: 'status',
        lab,
        reached: lab.steps.map(({id}) => id),
        skipped: [],
        total: lab.steps.length,
      });
      return exitCodes.reached;
    }
    const at = app.clock.now();
    const variables = {
      ...variablesOf(lab, {
        workers: workersOf(baseline?.nodes ?? []),
        database: chooseDatabase(app, lab, place),
        capabilities,
      }),
      ...remembered,
    };
    const hint = Math.min((hints[step.id] ?? 0) + 1, step.hints);
    if (hint === 0) {
      app.view.report({type: 'no-hints'});
      return exitCodes.reached;
    }
    app.view.run(
      lab,
      app.work.directory(lab.id),
      () => variables,
    )({type: 'hint', at, lab: lab.id, step: step.id, hint, of: step.hints});
    journal?.append({type: 'hinted', at, step: step.id, hint});
    return exitCodes.reached;
  });
