import {describe, expect, test} from 'vitest';
import type {JournalEntry, Place} from '../../../src/engine/journal.ts';
import {neededFrom, progressOf} from '../../../src/engine/progress.ts';
import {type MilestoneInput, stepOf} from '../../helpers/judging.ts';
import {pod} from '../../helpers/objects.ts';

const lab = {steps: ['one', 'two', 'three'].map(id => stepOf({id}))};
const place: Place = {provider: 'k3d', cluster: 'c', identity: 'i', namespaceUid: 'n'};
const opened = (more: Partial<Place> = {}, nodes: string[] = []): JournalEntry => ({
  type: 'opened',
  at: 0,
  lab: 'test',
  place: {...place, ...more},
  baseline: {nodes: nodes.map(name => ({name, schedulable: true, labels: {}, taints: [], running: true}))},
});
const reached = (step: string): JournalEntry => ({type: 'step-reached', at: 1, step, by: 'learner'});
const milestone = (step: string, id: string, name?: string, object = pod(name ?? '')): JournalEntry => ({
  type: 'milestone',
  at: 5,
  step,
  milestone: id,
  ...(name === undefined ? {} : {remember: {name, object}}),
});

describe('progressOf', () => {
  test('a journal that is empty: at the first step', () => {
    expect(progressOf(lab, [])).toMatchObject({current: 'one', reached: [], latched: []});
  });
  test('the first step that is neither reached nor skipped is the current one', () => {
    const skipped: JournalEntry = {type: 'step-skipped', at: 2, step: 'two', why: 'learner'};
    expect(progressOf(lab, [reached('one'), skipped, reached('one')])).toMatchObject({
      current: 'three',
      reached: ['one'],
      skipped: ['two'],
    });
  });
  test('through: no current step', () => {
    expect(progressOf(lab, ['one', 'two', 'three'].map(reached)).current).toBeUndefined();
  });
  test('a step that the lab does not have any more does not matter', () => {
    expect(progressOf(lab, [reached('gone'), reached('one')]).current).toBe('two');
  });
  test('the current step’s milestones, each once, the newest counts', () => {
    const {latched, remembered} = progressOf(lab, [
      milestone('one', 'a', 'first'),
      reached('one'),
      milestone('two', 'b', 'second', pod('old')),
      milestone('two', 'b', 'second', pod('new')),
    ]);
    expect(latched).toMatchObject([{milestone: 'b', at: 5, object: {metadata: {name: 'new'}}}]);
    expect(Object.keys(remembered)).toEqual(['first', 'second']);
    expect(remembered.second?.metadata.name).toBe('new');
  });
  test('when the current step began', () => {
    const rewound: JournalEntry = {type: 'rewound', at: 6, step: 'two'};
    const later = {...opened(), at: 9};
    expect(progressOf(lab, []).began).toBeUndefined();
    expect(progressOf(lab, [{...opened(), at: 0}, later]).began).toBe(0);
    expect(progressOf(lab, [opened(), reached('one'), milestone('two', 'b'), later]).began).toBe(1);
    expect(progressOf(lab, [opened(), reached('one'), rewound, later]).began).toBe(6);
  });
  test('after a rewind the milestones of the step are open again', () => {
    const entries: JournalEntry[] = [
      milestone('one', 'a'),
      {type: 'rewound', at: 6, step: 'one'},
      milestone('one', 'b'),
    ];
    expect(progressOf(lab, entries).latched.map(one => one.milestone)).toEqual(['b']);
  });
  test('what came before the last reset counts no more', () => {
    const entries: JournalEntry[] = [
      opened(),
      reached('one'),
      {type: 'reset', at: 3},
      {type: 'hinted', at: 4, step: 'one', hint: 1},
    ];
    expect(progressOf(lab, entries)).toMatchObject({current: 'one', reached: [], hints: {one: 1}});
    expect(progressOf(lab, entries).place).toBeUndefined();
  });
  test('the baseline is the first one, the place the last', () => {
    const {baseline, place: last} = progressOf(lab, [
      opened({}, ['n1']),
      opened({namespaceUid: 'new'}, ['n2']),
    ]);
    expect([baseline?.nodes[0]?.name, last?.namespaceUid]).toEqual(['n1', 'new']);
  });
  test('the newest answer, the most hints', () => {
    const answered = (answer: string): JournalEntry => ({
      type: 'answered',
      at: 1,
      step: 'one',
      answer,
      right: false,
    });
    const hinted = (hint: number): JournalEntry => ({type: 'hinted', at: 1, step: 'one', hint});
    expect(progressOf(lab, [answered('a'), answered('b'), hinted(2), hinted(1)])).toMatchObject({
      answers: {one: 'b'},
      hints: {one: 2},
    });
  });
});

describe('neededFrom', () => {
  const steps = (...milestones: MilestoneInput[][]) => ({
    steps: milestones.map((some, index) => stepOf({id: `s${index}`, milestones: some})),
  });
  const pods = {kind: 'pods'} as const;
  test('what is kept, what is meant by name, what is asked; from the step on', () => {
    const needs = steps(
      [{id: 'a', object: {...pods, is: '$before'}, match: {}}],
      [
        {id: 'b', kept: '$kept'},
        {id: 'c', object: {...pods, is: '$meant'}, match: {}},
      ],
      [
        {id: 'd', probe: {look: {exec: {object: {...pods, is: '$asked'}, command: ['x']}}, matches: 'x'}},
        {id: 'e', answer: {from: {log: {object: {...pods, is: '$told'}}}, find: 'x'}},
      ],
    );
    expect(neededFrom(needs, 's1')).toEqual(['kept', 'meant', 'asked', 'told']);
  });
  test('not what these steps remember themselves, nor what only must not be it', () => {
    const makes = steps([
      {id: 'a', object: {...pods, not: '$first'}, match: {}, remember: 'second'},
      {id: 'b', object: {...pods, is: '$second'}, match: {}},
    ]);
    expect(neededFrom(makes, 's0')).toEqual([]);
  });
});
