import {afterAll, beforeAll, describe, expect, type TestContext, test} from 'vitest';
import type {Judgement} from '../../src/checks/judgement.ts';
import {resetLab} from '../../src/commands/reset.ts';
import type {EngineEvent} from '../../src/engine/events.ts';
import {nodesNow} from '../../src/engine/restore.ts';
import {isExpected} from '../../src/errors.ts';
import {getLab} from '../../src/lab/catalog.ts';
import {type Lab, type Language, languages} from '../../src/lab/lab.ts';
import type {Step, WrongWay} from '../../src/lab/schema.ts';
import {messagesIn, sayDiagnosis, sayMismatch} from '../../src/ui/messages/messages.ts';
import type {Baseline} from '../../src/world/baseline.ts';
import {type LabGroup, labGroups} from '../helpers/lab-groups.ts';
import {type Mistake, mistakesOf} from '../helpers/mistakes.ts';
import type {Place} from '../helpers/places.ts';
import {Play} from '../helpers/play.ts';
import {expectNoDetour} from '../helpers/verdicts.ts';

/** Every lab of a group: its start reaches nothing, its wrong ways and the mistakes of learners neither, its solve reaches all, its reset leaves nothing. */
export function labsSuite(group: LabGroup, open: () => Promise<Place>): void {
  let place: Place;
  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place?.leave());

  describe.each(labGroups[group])('%s', id => {
    const lab = loaded(id);
    if ('problem' in lab) test('is sound', () => expect.fail(lab.problem));
    else labSuite(lab, () => place);
  });

  test('the learner’s kubeconfig is as it was', () => place.learner.expectKubeconfigUntouched());
}

/** A lab that is broken fails alone. */
function loaded(id: string): Lab | {problem: string} {
  try {
    return getLab(id);
  } catch (error) {
    return {problem: isExpected(error) ? JSON.stringify(error.facts) : String(error)};
  }
}

function labSuite(lab: Lab, place: () => Place): void {
  let play: Play;
  let before: Baseline;
  const now = () => nodesNow(play.session.cluster, AbortSignal.timeout(60_000));
  beforeAll(async () => {
    play = await Play.begin(place().app, lab);
    before = await now();
  });
  afterAll(async () => {
    await play?.stop();
    await play?.session.close();
  });

  describe.each(lab.steps)('$id', step => {
    const ready = async ({skip}: TestContext) => {
      const why = play.whySkipped(step);
      skip(why !== undefined, why);
      await play.at(step);
    };

    test('is not reached by doing nothing', async context => {
      await ready(context);
      expect(play.judgement?.verdict).toMatch(/^(converging|off-track)$/);
    });

    test.for(step.wrong)('$id is $verdict', async (way, context) => {
      await ready(context);
      await play.playing(() => playWrong(play, step, way));
    });

    test.for(mistakesOf(lab.id).filter(mistake => mistake.step === step.id))(
      '$id: $says',
      async (mistake, context) => {
        await ready(context);
        await play.playing(() => playWrong(play, step, mistake));
      },
    );

    test('is reached by its solve', async context => {
      await ready(context);
      const happened = play.record();
      await play.playing(async () => {
        await play.solve(step);
        await play.until(() => happened().some(isReached(step)), `end of ${step.id}`);
      });
      expect(happened().find(isReached(step))).toMatchObject({by: 'solve'});
      expect(happened().filter(event => event.type === 'ran' && event.exitCode !== 0)).toEqual([]);
      expectNoDetour(happened());
    });
  });

  test('leaves nothing when it is reset', async () => {
    const {app, cluster: real} = play.session;
    await play.stop();
    expect(await place().leftBehind(real.kubeconfig)).not.toEqual([]);
    expect(await resetLab(app, lab)).toBe(0);
    expect(await place().leftBehind(real.kubeconfig)).toEqual([]);
    expect(await now()).toEqual(before);
  });
}

/** Does the step in a wrong way; the verdict has to come, and then all has to be as before. */
async function playWrong(play: Play, step: Step, way: WrongWay | Mistake): Promise<void> {
  const happened = play.record();
  const before = play.judgement;
  const leftBefore = play.leaving;
  await play.type(step, way.run ?? []);
  if (way.answer !== undefined) play.answer(way.answer);
  let said: Judgement | undefined;
  await play.until(
    () => {
      expect(happened().filter(isReached(step))).toEqual([]);
      said = [play.judgement, ...happened().filter(isJudged)].find(judgement => isAsExpected(judgement, way));
      return said !== undefined;
    },
    `verdict ${way.verdict} ${way.diagnosis ?? ''} ${'names' in way ? way.names : ''}`,
  );
  if (said) for (const language of languages) expectNamed(said, way, language);
  await play.endBackground();
  if (way.undo) {
    await play.type(step, way.undo);
    // The end of a Pod that is still to come would be news to what is played next.
    const isBack = () =>
      gist(play.judgement) === gist(before) && play.leaving.every(uid => leftBefore.includes(uid));
    await play.until(isBack, `return to ${gist(before)}`);
  } else if (way.run) await play.goTo(step);
  expect(happened().filter(isReached(step))).toEqual([]);
}

/** The verdict, with the diagnosis; of a mistake its sentence too, which may name the cause only when a log was read. */
function isAsExpected(judgement: Judgement | undefined, way: WrongWay | Mistake): boolean {
  const diagnosis = judgement?.diagnosis;
  if (judgement?.verdict !== way.verdict || (way.diagnosis && diagnosis?.code !== way.diagnosis))
    return false;
  if (diagnosis?.code === 'wrong-answer' && diagnosis.facts.answer !== way.answer) return false; // of a way before
  return !('names' in way) || (!!diagnosis && way.names.test(sayDiagnosis(diagnosis, messagesIn('en'))));
}

/** Diagnoses of what was done, which nothing undoes. */
const ofThePast = ['deleted-meanwhile', 'made-again', 'node-running'] as const;

/** What has to be the same for two judgements to say the same; not names and times, which a new object changes. */
const gist = (judgement: Judgement | undefined) =>
  judgement &&
  [
    judgement.verdict,
    judgement.waitingFor,
    ofThePast.some(code => code === judgement.diagnosis?.code) ? undefined : judgement.diagnosis?.code,
    ...judgement.mismatches.map(mismatch => `${mismatch.type} ${'path' in mismatch ? mismatch.path : ''}`),
  ].join(', ');

/** A verdict says which object it is about, and which of its fields; or it repeats the wrong answer. */
function expectNamed(
  {diagnosis, mismatches}: Judgement,
  {answer}: WrongWay | Mistake,
  language: Language,
): void {
  const messages = messagesIn(language);
  if (diagnosis) {
    const said = sayDiagnosis(diagnosis, messages);
    expect(said).toContain(diagnosis.object?.name ?? answer ?? '');
    if (diagnosis.path) expect(said).toContain(diagnosis.path.split('.').at(-1));
    return;
  }
  expect(mismatches).not.toEqual([]);
  for (const mismatch of mismatches) {
    const said = sayMismatch(mismatch, messages);
    if ('about' in mismatch) expect(said).toContain(mismatch.about.name ?? mismatch.about.labels);
    if ('path' in mismatch) expect(said).toContain(mismatch.path);
  }
}

const isReached = (step: Step) => (event: EngineEvent) => event.type === 'reached' && event.step === step.id;
const isJudged = (event: EngineEvent): event is Extract<EngineEvent, {type: 'judged'}> =>
  event.type === 'judged';
