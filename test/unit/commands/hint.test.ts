import {expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {giveHint} from '../../../src/commands/hint.ts';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import type {Variables} from '../../../src/lab/variables.ts';
import {labOf} from '../../helpers/labs.ts';
import {object} from '../../helpers/objects.ts';

const lab = labOf([{id: 's', type: 'do', hints: 1}], {database: true});

/** What the names in a hint stand for, with nothing but the journal to go by. */
async function variablesAfter(entries: JournalEntry[]): Promise<Variables> {
  let variables: Variables = {};
  const app = {
    options: {json: false, yes: false},
    clock: {now: () => 0},
    journals: {open: () => ({entries, append: () => {}, close: () => {}})},
    work: {directory: () => '/work'},
    view: {
      run: (_lab: unknown, _directory: string, now: () => Variables) => {
        variables = now();
        return () => {};
      },
    },
  } as unknown as App;
  await giveHint(app, lab);
  return variables;
}

test('a hint knows the nodes and what they share, the database and what was remembered', async () => {
  const node = {name: 'agent', schedulable: true, labels: {}, taints: [], running: true};
  const place = {provider: 'k3d', cluster: 'c', identity: 'i', namespaceUid: 'n', database: 'mysql'} as const;
  const capabilities = {
    workers: 1,
    hostPath: true,
    nodeOperations: true,
    nodeChanges: true,
    persistentVolumes: true,
    sharedDirectory: '/shared',
  };
  const first = object('pods', 'first');
  expect(
    await variablesAfter([
      {at: 1, type: 'opened', lab: lab.id, place, capabilities, baseline: {nodes: [node]}},
      {at: 2, type: 'milestone', step: 's', milestone: 'm', remember: {name: 'first', object: first}},
    ]),
  ).toMatchObject({
    namespace: 'statelab-test',
    worker1: 'agent',
    sharedDir: '/shared/test',
    db: {client: 'mysql'},
    image: {db: 'mysql:9.7'},
    first,
  });
});
