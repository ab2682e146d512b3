import {expect, test} from 'vitest';
import {walkAlone} from '../../../src/commands/walk-alone.ts';
import type {Walker} from '../../../src/commands/walker.ts';
import type {Emit, EngineEvent} from '../../../src/engine/events.ts';
import {labOf} from '../../helpers/labs.ts';
import {ManualClock} from '../kube/manual-clock.ts';

test('a command that goes on when the last step is reached is told before the end', async () => {
  const lab = labOf([{id: 'uncordon', type: 'do', solve: ['kubectl uncordon node']}]);
  const command = Promise.withResolvers<{exitCode: number; output: string}>();
  const finished = Promise.withResolvers<void>();
  const told: string[] = [];
  let follow: Emit = () => {};
  const walker = {
    session: {
      app: {
        clock: new ManualClock(),
        outside: {signal: new AbortController().signal},
        commands: {capture: () => command.promise},
      },
      lab,
      capabilities: {workers: 1},
      directory: '/work',
      env: {},
    },
    run: {step: lab.steps[0], variables: {}},
    driving: {send: () => {}, finished: finished.promise},
    emit: ({type}: EngineEvent) => void told.push(type),
    images: Promise.resolve(),
    listen: (listener: Emit) => {
      follow = listener;
    },
  } as unknown as Walker;

  const walk = walkAlone(walker, {auto: true, patience: 1_000}).then(exit => void told.push(`exit ${exit}`));
  follow({type: 'step', at: 0, lab: lab.id, step: 'uncordon', index: 1, total: 1, kind: 'do'});
  finished.resolve();
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  command.resolve({exitCode: 0, output: 'node/node uncordoned'});
  await walk;
  expect(told).toEqual(['ran', 'exit 0']);
});
