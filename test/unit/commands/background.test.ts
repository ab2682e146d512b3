import {expect, test} from 'vitest';
import type {StartedCommand} from '../../../src/commands/app.ts';
import {Background} from '../../../src/commands/background.ts';
import type {EngineEvent} from '../../../src/engine/events.ts';

/** Commands that write down when they start and end; an end waits until it is let. */
function commands() {
  const happened: string[] = [];
  const {promise: mayEnd, resolve: letEnd} = Promise.withResolvers<void>();
  const start = (name: string) => async (): Promise<StartedCommand> => {
    happened.push(`${name} starts`);
    return {
      exitCode: 0,
      output: '',
      async end() {
        happened.push(`${name} is told to end`);
        await mayEnd;
        happened.push(`${name} has ended`);
      },
    };
  };
  return {happened, start, letEnd};
}
const reached = (step: string): EngineEvent => ({
  type: 'reached',
  at: 0,
  lab: 'lab',
  step,
  verdict: 'reached',
  by: 'solve',
});

test('commands end with their step, those of another go on', async () => {
  const {happened, start, letEnd} = commands();
  const background = new Background();
  await background.start('one', start('a'));
  await background.start('two', start('b'));
  background.follow(reached('one'));
  expect(happened).toEqual(['a starts', 'b starts', 'a is told to end']);
  letEnd();
  await background.end();
  expect(happened.slice(3)).toEqual(['b is told to end', 'a has ended', 'b has ended']);
  await background.end();
  expect(happened).toHaveLength(6);
});

test('a step that is skipped is left as well', async () => {
  const {happened, start} = commands();
  const background = new Background();
  await background.start('one', start('a'));
  background.follow({type: 'skipped', at: 0, lab: 'lab', step: 'one', why: 'learner'});
  expect(happened).toContain('a is told to end');
});

test('one starts when those that are ending have ended: it may want their port', async () => {
  const {happened, start, letEnd} = commands();
  const background = new Background();
  await background.start('one', start('a'));
  background.follow(reached('one'));
  const starting = background.start('two', start('b'));
  letEnd();
  await starting;
  expect(happened).toEqual(['a starts', 'a is told to end', 'a has ended', 'b starts']);
});
