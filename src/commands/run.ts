import type {Emit, EngineEvent, Note} from '../engine/events.ts';
import type {Journal} from '../engine/journal.ts';
import {watchTargets} from '../engine/place.ts';
import {neededFrom, progressOf} from '../engine/progress.ts';
import {type ExpectedError, exitCodes, isExpected} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {Variables} from '../lab/variables.ts';
import {current, World} from '../world/world.ts';
import type {App} from './app.ts';
import {Background} from './background.ts';
import {fastForward} from './fast-forward.ts';
import {bringImages, bringImagesOfOthers} from './images.ts';
import {offerToPutBack, sayHowNodesAre, sayNodesLeft, sayWhatIsLeft} from './leave-lab.ts';
import {offerRestore} from './offer-restore.ts';
import {nextLab, pathProgress} from './path.ts';
import {openSession, recordPlace, type Session, startRun} from './session.ts';
import {walkAlone} from './walk-alone.ts';
import {walkWithLearner} from './walk-with-learner.ts';
import type {Walker} from './walker.ts';

export interface RunOptions {
  /** Play the solve commands, as a learner would. */
  auto: boolean;
  /** Milliseconds without a step reached after which a run without a learner gives up. */
  patience: number;
}

/**
 * Walks a lab from where the learner is. However it ends, its last event is `end`.
 * @returns the exit code
 * @throws what is no ExpectedError
 */
export async function runLab(app: App, lab: Lab, options: RunOptions): Promise<number> {
  let journal: Journal | undefined;
  try {
    journal = app.journals.open(lab.id);
    const exit = await runWith(app, lab, journal, options);
    const through = progressOf(lab, journal.entries).current === undefined;
    // To a program the event `end` has said it.
    if (through && !app.options.json) app.view.report({type: 'lab-done', path: pathProgress(app)});
    return exit;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return failed(app, lab, journal, error);
  } finally {
    journal?.close();
  }
}

async function runWith(app: App, lab: Lab, journal: Journal, options: RunOptions): Promise<number> {
  let session = await openSession(app, lab, {
    create: true,
    prepare: (cluster, identity) => offerRestore({app, lab, journal, cluster, identity}),
  });
  try {
    session = await resume(session, journal);
    if (progressOf(lab, journal.entries).place) await sayHowNodesAre(session);
    await recordPlace(session, journal);
    for (;;) {
      const outcome = await walk(session, journal, options);
      if (typeof outcome === 'number') {
        if (learnerOf(app, options)) await offerToPutBack(session, journal, outcome === exitCodes.reached);
        return outcome;
      }
      note(session, {code: 'fast-forward', step: outcome.redo, because: 'asked'});
      session = await fastForward(session, journal, outcome.redo);
    }
  } catch (error) {
    if (isExpected(error) && error.code === 'interrupted') sayNodesLeft(session);
    throw error;
  } finally {
    app.view.learner?.close();
    await session.close();
  }
}

function failed(app: App, lab: Lab, journal: Journal | undefined, error: ExpectedError): number {
  app.view.error(error);
  // A person has read all there is to say.
  if (app.options.json) app.view.run(lab, '', () => ({}))(endEvent(app, lab, journal, error.exitCode));
  return error.exitCode;
}

/** What was done before must still be there; where it is not, the steps are done again. */
async function resume(session: Session, journal: Journal): Promise<Session> {
  const {lab, place} = session;
  const progress = progressOf(lab, journal.entries);
  if (!progress.place || progress.current === undefined || progress.reached.length === 0) return session;
  const samePlace =
    progress.place.identity === place.identity && progress.place.namespaceUid === place.namespaceUid;
  const because = progress.putBack
    ? 'put-back'
    : !samePlace
      ? 'cluster-changed'
      : (await isLost(session, progress.remembered, progress.current))
        ? 'object-gone'
        : undefined;
  if (because === undefined) return session;
  note(session, {code: 'fast-forward', step: progress.current, because});
  const fresh = await fastForward(session, journal, progress.current);
  note(fresh, {code: 'fast-forwarded'});
  return fresh;
}

/** Is an object gone that the current step, or one after it, needs to be the same? */
async function isLost(
  {app, lab, cluster, capabilities}: Session,
  remembered: Record<string, {metadata: {uid: string}}>,
  step: string,
): Promise<boolean> {
  const uids = neededFrom(lab, step).flatMap(name => remembered[name]?.metadata.uid ?? []);
  if (uids.length === 0) return false;
  const targets = watchTargets(lab, cluster, capabilities);
  const world = new World(targets);
  const enough = new AbortController();
  await cluster.watch.watch(
    targets,
    change => {
      world.apply(change);
      if (world.settled) enough.abort();
    },
    AbortSignal.any([app.outside.signal, enough.signal]),
  );
  return uids.some(uid => {
    const track = world.track(uid);
    return !track || !current(track);
  });
}

const note = ({app, lab, directory, variables}: Session, what: Note) =>
  app.view.run(lab, directory, () => variables)({type: 'note', at: app.clock.now(), lab: lab.id, note: what});

/** Undefined where nobody is at a prompt. */
const learnerOf = ({view}: App, {auto}: RunOptions) => (auto ? undefined : view.learner);

/** One stretch of the lab: to its end (an exit code), or until a step has to be set up again. */
async function walk(
  session: Session,
  journal: Journal,
  options: RunOptions,
): Promise<number | {redo: string}> {
  const {app, lab, directory, variables} = session;
  const learner = learnerOf(app, options);
  let now: () => Variables = () => variables;
  const render = learner ? learner.show.bind(learner) : app.view.run(lab, directory, () => now());
  const background = new Background();
  const listeners: Emit[] = [render, background.follow];
  const emit: Emit = event => {
    for (const listener of listeners) listener(event);
  };
  emit(labEvent(session, journal));
  const {run, driving} = startRun(session, journal, emit);
  now = () => run.variables;
  const leaving = new AbortController();
  driving.send({type: 'images', loading: true});
  const images = bringImages(session, emit, leaving.signal).finally(() =>
    driving.send({type: 'images', loading: false}),
  );
  // A learner reads meanwhile; a program that plays would only be slower.
  const others = learner ? images.then(() => bringImagesOfOthers(session, leaving.signal)) : images;
  for (const bringing of [images, others]) bringing.catch(() => {}); // whoever awaits them gets the error; until then nobody has to
  const walker: Walker = {
    session,
    run,
    driving,
    emit,
    background,
    images,
    listen: listener => void listeners.push(listener),
  };
  try {
    const outcome = learner ? await walkWithLearner(walker, learner) : await walkAlone(walker, options);
    if (!learner) await sayWhatIsLeft(session);
    if (typeof outcome === 'number') emit(endEvent(app, lab, journal, outcome));
    return outcome;
  } finally {
    leaving.abort();
    await background.end();
    await driving.stop();
    await others;
  }
}

function labEvent({app, lab, place, namespace}: Session, journal: Journal): EngineEvent {
  const {current: at, reached} = progressOf(lab, journal.entries);
  const resumedAt = at !== undefined && reached.length > 0 ? {resumedAt: at} : {};
  const {provider, cluster} = place;
  return {
    type: 'lab',
    at: app.clock.now(),
    lab: lab.id,
    total: lab.steps.length,
    provider,
    cluster,
    namespace,
    ...resumedAt,
  };
}

/** The last line of a run, however it ended. */
function endEvent(app: App, lab: Lab, journal: Journal | undefined, exit: number): EngineEvent {
  const {current, reached, skipped} = progressOf(lab, journal?.entries ?? []);
  const next = current === undefined ? nextLab(app)?.id : undefined;
  return {
    type: 'end',
    at: app.clock.now(),
    lab: lab.id,
    reached: reached.length,
    skipped: skipped.length,
    total: lab.steps.length,
    exit,
    ...(next === undefined ? {} : {next}),
  };
}
