import {expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {bringUp} from '../../../src/commands/find-cluster.ts';
import type {Task} from '../../../src/commands/view.ts';
import type {Provider} from '../../../src/engine/ports.ts';
import {ExpectedError} from '../../../src/errors.ts';
import {machine} from '../../helpers/facts.ts';

const silent = new ExpectedError('cluster-unreachable', {cluster: 'lab', provider: 'k3d', detail: 'refused'});

/** Brings up a cluster whose containers run already. @param refusals what its API says, one after the other, before it answers */
async function bringUpRunning(...refusals: Error[]) {
  const done: string[] = [];
  const cluster = {
    name: 'lab',
    provider: 'sandbox',
    api: {
      version: async () => {
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        return 'v1.35.4';
      },
    },
    close: async () => void done.push('closes'),
  };
  const provider = {
    id: 'sandbox',
    list: async () => [{provider: 'sandbox', name: 'lab', ours: true, running: true, nodes: []}],
    connect: async () => cluster,
    create: async () => void done.push('waits'),
  } as unknown as Provider;
  const app = {
    outside: {signal: new AbortController().signal},
    options: {},
    view: {
      report: () => {},
      task: async ({code}: Task, run: (progress: (line: string) => void) => Promise<void>) => {
        done.push(code);
        await run(() => {});
      },
    },
    inspector: async () => ({machine: async () => machine}),
  } as unknown as App;
  const ended = await bringUp(app, provider, 'lab').then(
    () => 'is up',
    error => error,
  );
  return {ended, done};
}

test('one that answers is taken as it is', async () => {
  expect(await bringUpRunning()).toEqual({ended: 'is up', done: []});
});

test('one that does not answer is waited for', async () => {
  expect(await bringUpRunning(silent)).toEqual({ended: 'is up', done: ['start-cluster', 'waits']});
});

test('what else it says is not waited for', async () => {
  const bug = new TypeError('bug');
  expect(await bringUpRunning(bug)).toEqual({ended: bug, done: ['closes']});
});
