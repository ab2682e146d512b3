import {describe, expect, test} from 'vitest';
import type {App} from '../../../src/commands/app.ts';
import {minutesLeft, nextLab, notYetDone, pathProgress} from '../../../src/commands/path.ts';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import {ExpectedError} from '../../../src/errors.ts';
import type {Lab} from '../../../src/lab/lab.ts';
import {labOf} from '../../helpers/labs.ts';

const place = {provider: 'sandbox', cluster: 'c', identity: 'i', namespaceUid: 'n'} as const;
const begun = (lab: string): JournalEntry => ({at: 1, type: 'opened', lab, place, baseline: {nodes: []}});
const reached: JournalEntry = {at: 2, type: 'step-reached', step: 's', by: 'learner'};
const skipped: JournalEntry = {at: 2, type: 'step-skipped', step: 's', why: 'learner'};
const reset: JournalEntry = {at: 3, type: 'reset'};

/** Four labs of one step and ten minutes; the journals with the one written last first. */
function learnerWith(journals: Record<string, JournalEntry[]>): Pick<App, 'labs' | 'journals'> {
  const ids = ['hostpath-deployment', 'static-pv', 'pvc', 'statefulset'];
  const get = (id: string): Lab => ({...labOf([{id: 's', type: 'do'}], {minutes: 10}), id});
  return {
    labs: {ids: () => ids, get, loadFrom: get},
    journals: {
      read: lab => journals[lab] ?? [],
      labs: () => Object.keys(journals),
      open: () => {
        throw new Error('nothing is written');
      },
    },
  };
}
const next = (journals: Record<string, JournalEntry[]>) => {
  const found = nextLab(learnerWith(journals));
  return found && [found.id, found.because];
};

describe('the next lab', () => {
  test('is the first of the path for a new learner', () => {
    expect(next({})).toEqual(['hostpath-deployment', 'next']);
  });
  test('is the one that was begun, of several the one worked on last', () => {
    expect(next({pvc: [begun('pvc')], 'static-pv': [begun('static-pv')]})).toEqual(['pvc', 'begun']);
  });
  test('is the first of the path that is not done when none is under way', () => {
    const done = {
      'hostpath-deployment': [begun('hostpath-deployment'), reached],
      pvc: [begun('pvc'), skipped],
    };
    expect(next(done)).toEqual(['static-pv', 'next']);
  });
  test('is not one that was set back, but that one is not done either', () => {
    const journals = {'static-pv': [begun('static-pv'), reset], pvc: [begun('pvc')]};
    expect(next(journals)).toEqual(['pvc', 'begun']);
    const setBack = {'hostpath-deployment': [begun('hostpath-deployment'), reached, reset]};
    expect(next(setBack)).toEqual(['hostpath-deployment', 'next']);
  });
  test('is not one that is not there any more', () => {
    expect(next({removed: [begun('removed')]})).toEqual(['hostpath-deployment', 'next']);
  });
  test('is one whose journal cannot be read, so that whoever runs it is told', () => {
    const app = learnerWith({pvc: []});
    const broken = new ExpectedError('journal-broken', {file: 'f', line: 1});
    const journals = {
      ...app.journals,
      read: () => {
        throw broken;
      },
    };
    expect(nextLab({...app, journals})).toEqual({id: 'pvc', because: 'begun'});
  });
  test('of the path is not one that was begun', () => {
    const app = learnerWith({'hostpath-deployment': [begun('hostpath-deployment')]});
    expect(nextLab(app, 'next')).toEqual({id: 'static-pv', because: 'next'});
  });
  test('is none when all are done', () => {
    const all = ['hostpath-deployment', 'static-pv', 'pvc', 'statefulset'];
    expect(next(Object.fromEntries(all.map(id => [id, [begun(id), reached]])))).toBeUndefined();
  });
});

test('the progress on the whole path', () => {
  const app = learnerWith({
    pvc: [begun('pvc')],
    'hostpath-deployment': [begun('hostpath-deployment'), reached],
  });
  expect(pathProgress(app)).toMatchObject({done: 1, total: 4, next: {id: 'pvc'}});
  expect(minutesLeft(app)).toBe(30);
});

test('what a lab takes for known, as far as it is there and not done', () => {
  const of = (id: string, app = learnerWith({})) => notYetDone(app, {id}).map(lab => lab.id);
  expect(of('hostpath-deployment')).toEqual([]);
  expect(of('pvc')).toEqual(['static-pv']);
  expect(of('pvc', learnerWith({'static-pv': [begun('static-pv'), reached]}))).toEqual([]);
  expect(of('node-loss')).toEqual([]); // takeover is not among these labs
});
