import type {Journal} from '../engine/journal.ts';
import {whySkipped} from '../engine/needs.ts';
import {type Progress, progressOf} from '../engine/progress.ts';
import {ExpectedError} from '../errors.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {LabFile, Step} from '../lab/schema.ts';
import {Background} from './background.ts';
import {bringImages} from './images.ts';
import {knownOf} from './known.ts';
import {restoreLab} from './restore-lab.ts';
import {scratchJournal} from './scratch-journal.ts';
import {openSession, recordPlace, type Session, startRun} from './session.ts';
import {solveStep} from './solve-step.ts';

/**
 * Which steps before the target have to be done again: not those that leave nothing and remember nothing, nor those
 * that are undone before it, nor those that the cluster cannot do.
 */
export function stepsToRepeat(lab: LabFile, target: string, cluster: Capabilities): Step[] {
  const position = (id: string) => lab.steps.findIndex(step => step.id === id);
  const before = lab.steps.slice(0, position(target));
  const undone = new Set(
    before.flatMap(({id, undoneBy}) =>
      undoneBy && position(undoneBy) < position(target) ? [id, undoneBy] : [],
    ),
  );
  const isNeeded = ({type, milestones}: Step) =>
    type === 'do' || milestones.some(({remember}) => remember !== undefined);
  return before.filter(step => isNeeded(step) && !undone.has(step.id) && !whySkipped(step, cluster));
}

/**
 * Sets the lab back and brings it to a step again with the labs' own solve commands. What the learner answered and
 * reached stays theirs. The journal is told at the end, in one go: whoever is interrupted before has lost nothing.
 * @returns the session in the new namespace; the one given is closed
 */
export async function fastForward(session: Session, journal: Journal, target: string): Promise<Session> {
  const {app, lab, cluster, place} = session;
  const before = progressOf(lab, journal.entries);
  const known = knownOf(app, lab.id, cluster, place.identity);
  await restoreLab({app, lab: app.labs.get(lab.id), cluster, known, scope: 'lab'});
  await session.close();
  const fresh = await openSession(app, lab, {create: true});
  try {
    const scratch = scratchJournal(journal);
    await recordPlace(fresh, scratch);
    await repeatUntil(fresh, scratch, target, before);
    journal.append({type: 'reset', at: app.clock.now()}, ...scratch.entries);
    return fresh;
  } catch (error) {
    await fresh.close();
    throw error;
  }
}

/** Goes through the steps before the target: those that are needed are done again, the others are taken over. */
async function repeatUntil(
  session: Session,
  journal: Journal,
  target: string,
  before: Progress,
): Promise<void> {
  const {app, lab, directory, variables, capabilities} = session;
  const at = app.clock.now();
  for (const [step, hint] of Object.entries(before.hints)) journal.append({type: 'hinted', at, step, hint});
  const repeated = stepsToRepeat(lab, target, capabilities);
  const render = app.view.run(lab, directory, () => variables);
  // A new cluster has none of them; those of the old one are there at once.
  if (repeated.length > 0) await bringImages(session, render, app.outside.signal);
  for (const step of lab.steps.slice(
    0,
    lab.steps.findIndex(({id}) => id === target),
  )) {
    // The time of each, since the next step begins then: what the steps before it made is older.
    const at = app.clock.now();
    const why = whySkipped(step, capabilities) ?? (before.skipped.includes(step.id) ? 'learner' : undefined);
    if (why) journal.append({type: 'step-skipped', at, step: step.id, why});
    else if (repeated.includes(step))
      await app.view.task({code: 'fast-forward', lab, step: step.id}, () => repeat(session, journal, step));
    else journal.append({type: 'step-reached', at, step: step.id, by: 'solve'});
  }
  // After those that were given for the learner on the way.
  for (const [step, answer] of Object.entries(before.answers))
    journal.append({type: 'answered', at: app.clock.now(), step, answer, right: true});
}

/** Does one step with a run of its own, until it is reached. */
async function repeat(session: Session, journal: Journal, step: Step): Promise<void> {
  const {promise: reached, resolve} = Promise.withResolvers<void>();
  const background = new Background();
  const {run, driving} = startRun(session, journal, event => {
    if (event.type === 'reached' || event.type === 'skipped') resolve();
  });
  try {
    const {outside, clock} = session.app;
    const {send} = driving;
    await solveStep({session, run, send, emit: () => {}, background, signal: outside.signal}, step);
    const late = new AbortController();
    const tooLate = new Promise<never>((_resolve, reject) => {
      clock.at(
        clock.now() + patience,
        () => reject(new ExpectedError('step-not-reached', {lab: session.lab.id, step: step.id})),
        AbortSignal.any([late.signal, outside.signal]),
      );
    });
    await Promise.race([reached, driving.finished, tooLate]).finally(() => late.abort());
  } finally {
    await background.end();
    await driving.stop();
  }
}

/** How long a step that statelab does itself may take, in milliseconds; the longest of lab 1 takes about 80 seconds. */
export const patience = 300_000;
