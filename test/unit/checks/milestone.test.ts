import {describe, expect, test} from 'vitest';
import {turnOf} from '../../../src/checks/milestone.ts';
import {judged, judgementOf, milestoneOf, reachedIn} from '../../helpers/judging.ts';
import {deployment, exited, object, pod} from '../../helpers/objects.ts';
import {blind, deleted, listed, put, type Script} from '../../helpers/script.ts';

const pods = {kind: 'pods', labels: 'app=db'} as const;
const db = {kind: 'deployments.apps', name: 'db'} as const;
const ready = {status: {conditions: [{type: 'Ready', status: 'True'}]}};
const first = pod('first', {node: 'n1'});
const remembered = {first};

describe('match', () => {
  const milestones = [{id: 'two', object: db, match: {spec: {replicas: 2}}}];
  test('nothing there', () => {
    expect(judgementOf({milestones, script: []})).toEqual({
      verdict: 'off-track',
      todo: true,
      waitingFor: 'two',
      mismatches: [{type: 'missing', about: {kind: 'deployments.apps', name: 'db'}}],
    });
  });
  test('another value: path, wanted and found', () => {
    expect(judgementOf({milestones, script: [[0, put(deployment('db', 1))]]})).toEqual({
      verdict: 'off-track',
      todo: true,
      waitingFor: 'two',
      mismatches: [
        {
          type: 'field',
          about: {kind: 'deployments.apps', name: 'db', uid: 'uid-db'},
          path: 'spec.replicas',
          wanted: 2,
          found: 1,
        },
      ],
    });
  });
  test('so now', () => {
    const script: Script = [
      [1, put(deployment('db', 1))],
      [2, put(deployment('db', 2))],
    ];
    expect(judgementOf({milestones, script})).toEqual({verdict: 'reached', mismatches: []});
    expect(reachedIn({milestones, script})).toEqual([['two', 2]]);
  });
  test('was so and is no more: not reached', () => {
    const script: Script = [
      [1, put(deployment('db', 2))],
      [2, put(deployment('db', 3))],
    ];
    expect(
      judgementOf({milestones: [...milestones, {id: 'pod', object: pods, match: {}}], script}),
    ).toMatchObject({
      verdict: 'off-track',
      waitingFor: 'two',
    });
  });
  test('of several objects the one that comes closest is told', () => {
    const wanted = [{id: 'm', object: pods, match: {status: {phase: 'Running', reason: 'x'}}}];
    const script: Script = [[1, put(pod('far', {phase: 'Pending'})), put(pod('near'))]];
    expect(judgementOf({milestones: wanted, script}).mismatches).toMatchObject([
      {about: {name: 'near'}, path: 'status.reason'},
    ]);
  });
  test('objects of another namespace are not meant, cluster-wide ones are', () => {
    const elsewhere: Script = [[1, put(pod('a', {namespace: 'default'}))]];
    expect(
      judgementOf({milestones: [{id: 'm', object: pods, match: {}}], script: elsewhere}).verdict,
    ).not.toBe('reached');
    const node = {
      id: 'm',
      object: {kind: 'nodes', name: 'n1'},
      match: {spec: {unschedulable: true}},
    } as const;
    const cordoned: Script = [[1, put(object('nodes', 'n1', {spec: {unschedulable: true}}))]];
    expect(judgementOf({milestones: [node], script: cordoned}).verdict).toBe('reached');
  });
  test('with an expression: the failing part', () => {
    const match = "self.status.phase == 'Running' && objects.size() == 2";
    expect(
      judgementOf({milestones: [{id: 'm', object: pods, match}], script: [[1, put(pod('a'))]]}),
    ).toMatchObject({
      mismatches: [
        {type: 'expression', path: 'objects.size()', wanted: '== 2', found: 1, about: {name: 'a'}},
      ],
    });
  });
});

describe('seen', () => {
  const milestones = [
    {id: 'started', object: pods, seen: ready, remember: 'second'},
    {
      id: 'ended',
      object: {kind: 'pods', is: '$second'},
      seen: 'self.status.containerStatuses.exists(c, c.state.terminated.exitCode == 1)',
    },
  ] as const;
  const both: Script = [
    [1, put(pod('a', {phase: 'Pending'}))],
    [2, put(pod('a'))],
    [30, put(pod('a', {ready: false, container: exited(1)}))],
    [31, put(pod('a', {ready: false, container: {state: {running: {}}}}))],
  ];
  test('what was so for a moment stays seen', () => {
    expect(reachedIn({milestones: [...milestones], script: both})).toEqual([
      ['started', 2],
      ['ended', 30],
    ]);
  });
  test('also when the next state came in the same millisecond', () => {
    const quick: Script = [
      [1, put(pod('a', {phase: 'Pending'}))],
      [2, put(pod('a')), put(pod('a', {ready: false, container: exited(1)})), deleted(pod('a'))],
    ];
    expect(reachedIn({milestones: [...milestones], script: quick}).map(([id]) => id)).toEqual([
      'started',
      'ended',
    ]);
  });
  test('in their order: what came before the milestone before does not count', () => {
    const wrongWayRound: Script = [
      [1, put(pod('a', {ready: false, container: exited(1)}))],
      [2, put(pod('a', {container: {state: {running: {}}}}))],
    ];
    expect(reachedIn({milestones: [...milestones], script: wrongWayRound})).toEqual([['started', 2]]);
  });
  test('what is remembered is the object as it was then', () => {
    const {remembered: kept} = judged({milestones: [...milestones], script: both});
    expect(kept.second?.status).toMatchObject({phase: 'Running'});
  });
  test('is, not: this very object, any but this one', () => {
    const script: Script = [[1, put(first)]];
    const one = {id: 'm', object: {...pods, is: '$first'}, seen: {}};
    const other = {id: 'm', object: {...pods, not: '$first'}, seen: {}};
    expect(judgementOf({milestones: [one], script, remembered}).verdict).toBe('reached');
    expect(judgementOf({milestones: [other], script, remembered}).verdict).toBe('converging');
    const another: Script = [...script, [2, put(pod('second'))]];
    expect(judgementOf({milestones: [other], script: another, remembered}).verdict).toBe('reached');
  });
});

describe('gone', () => {
  const milestones = [{id: 'm', object: {...pods, not: '$first'}, gone: true} as const];
  test('there, on its way out, gone', () => {
    const there: Script = [[1, put(first), put(pod('second'))]];
    expect(judgementOf({milestones, script: there, since: 1, remembered})).toMatchObject({
      verdict: 'off-track',
      mismatches: [{type: 'still-there', terminating: false, about: {name: 'second'}}],
    });
    const leaving: Script = [...there, [2, put(pod('second', {deleting: true}))]];
    expect(judgementOf({milestones, script: leaving, since: 1, remembered})).toMatchObject({
      verdict: 'converging',
      mismatches: [{type: 'still-there', terminating: true}],
    });
    const left: Script = [...leaving, [3, deleted(pod('second'))]];
    expect(reachedIn({milestones, script: left, since: 1, remembered})).toEqual([['m', 3]]);
  });
  test('was gone and is back: not reached', () => {
    const back: Script = [
      [0, put(pod('x'))],
      [2, deleted(pod('x'))],
      [3, put(pod('y'))],
    ];
    const more = [...milestones, {id: 'n', object: db, match: {}}];
    expect(judgementOf({milestones: more, script: back, remembered}).waitingFor).toBe('m');
  });
});

describe('kept', () => {
  const milestones = [
    {id: 'first-kept', kept: '$first'},
    {id: 'scaled', object: db, seen: {spec: {replicas: 2}}},
  ];
  test('there all the time: said at the end', () => {
    const script: Script = [
      [0, put(first)],
      [3, put(deployment('db', 2))],
    ];
    expect(reachedIn({milestones, script, remembered})).toEqual([
      ['scaled', 3],
      ['first-kept', 3],
    ]);
  });
  test('one of the same name is not the same', () => {
    const script: Script = [
      [0, put(first)],
      [1, deleted(first)],
      [2, put(pod('first', {uid: 'other'}))],
      [3, put(deployment('db', 2))],
    ];
    expect(judgementOf({milestones, script, remembered})).toMatchObject({
      verdict: 'dead-end',
      waitingFor: 'first-kept',
      diagnosis: {
        code: 'object-gone',
        object: {kind: 'pods', name: 'first', uid: 'uid-first'},
        path: 'metadata.uid',
      },
    });
  });
});

describe('replaced', () => {
  const milestones = [{id: 'm', object: {kind: 'pods'}, replaced: '$first', remember: 'again'} as const];
  test('still the same one', () => {
    expect(judgementOf({milestones, script: [[1, put(first)]], remembered})).toMatchObject({
      verdict: 'off-track',
      mismatches: [{type: 'same-object', about: {name: 'first'}}],
    });
  });
  test('gone, but no new one yet', () => {
    expect(
      judgementOf({
        milestones,
        script: [
          [1, put(first)],
          [2, deleted(first)],
        ],
        remembered,
      }),
    ).toMatchObject({
      verdict: 'converging',
      mismatches: [{type: 'missing', about: {kind: 'pods', name: 'first'}}],
    });
  });
  test('one of the same name with another UID', () => {
    const script: Script = [
      [1, put(first)],
      [2, deleted(first)],
      [3, put(pod('first', {uid: 'other'}))],
    ];
    expect(reachedIn({milestones, script, remembered})).toEqual([['m', 3]]);
    expect(judged({milestones, script, remembered}).remembered.again?.metadata.uid).toBe('other');
  });
  test('one of another name is none', () => {
    expect(judgementOf({milestones, script: [[1, put(pod('x'))]], remembered}).verdict).toBe('converging');
  });
});

describe('moved', () => {
  const milestones = [{id: 'm', object: pods, moved: '$first'}];
  test('nowhere, on the same node, on another', () => {
    expect(judgementOf({milestones, script: [], remembered}).mismatches).toMatchObject([{type: 'missing'}]);
    expect(
      judgementOf({milestones, script: [[1, put(pod('x', {phase: 'Pending'}))]], remembered}).verdict,
    ).toBe('converging');
    expect(
      judgementOf({milestones, script: [[1, put(pod('x', {node: 'n1'}))]], remembered}).mismatches,
    ).toMatchObject([{type: 'same-node', node: 'n1', about: {name: 'x'}}]);
    expect(reachedIn({milestones, script: [[4, put(pod('x', {node: 'n2'}))]], remembered})).toEqual([
      ['m', 4],
    ]);
  });
});

describe('holds', () => {
  const milestones = [{id: 'm', object: pods, gone: true, holds: 10} as const];
  const emptied: Script = [
    [1, put(pod('a'))],
    [2, deleted(pod('a'))],
  ];
  test('not yet: for how long, and when it will be', () => {
    const {judgement, wakeAt} = judged({milestones, script: emptied, at: 9});
    expect(judgement).toMatchObject({
      verdict: 'converging',
      mismatches: [{type: 'too-short', wanted: 10, found: 7}],
    });
    expect(wakeAt).toBe(12_000);
  });
  test('from the end of that time on', () => {
    expect(reachedIn({milestones, script: emptied, at: 12})).toEqual([['m', 12]]);
  });
  test('a blink starts the count again', () => {
    const blinked: Script = [...emptied, [8, put(pod('b'))], [9, deleted(pod('b'))]];
    expect(judgementOf({milestones, script: blinked, at: 18}).verdict).toBe('converging');
    expect(judgementOf({milestones, script: blinked, at: 19}).verdict).toBe('reached');
  });
  test('so does a time in which nobody watched', () => {
    const unseen: Script = [...emptied, [5, blind('pods')], [8, listed('pods')]];
    expect(judged({milestones, script: unseen, at: 13})).toMatchObject({
      judgement: {verdict: 'converging'},
      wakeAt: 18_000,
    });
    expect(judgementOf({milestones, script: unseen, at: 18}).verdict).toBe('reached');
  });
});

describe('count', () => {
  const milestones = [{id: 'm', object: pods, match: ready, count: 2}];
  const script: Script = [
    [1, put(pod('a'))],
    [2, put(pod('b'))],
    [3, put(pod('c'))],
  ];
  test('too few, enough, too many', () => {
    expect(judgementOf({milestones, script, at: 1}).mismatches).toMatchObject([
      {type: 'count', wanted: 2, found: 1},
    ]);
    expect(judgementOf({milestones, script, at: 2}).verdict).toBe('reached');
    expect(judgementOf({milestones, script, at: 3, since: 3})).toMatchObject({
      verdict: 'converging',
      mismatches: [{type: 'count', wanted: 2, found: 3}],
    });
  });
  test('none at all is told like any other mismatch', () => {
    const pending: Script = [[1, put(pod('a', {phase: 'Pending'}))]];
    expect(judgementOf({milestones, script: pending}).mismatches).toMatchObject([
      {type: 'field', path: 'status.conditions[type=Ready].status', wanted: 'True', found: 'False'},
    ]);
  });
});

describe('never', () => {
  const never = "objects.filter(p, p.status.phase == 'Running').size() > 1";
  const milestones = [{id: 'm', object: {...pods, not: '$first'}, seen: ready, never}];
  test('a new one whose life was clean', () => {
    const oneByOne: Script = [
      [0, put(first)],
      [1, deleted(first)],
      [2, put(pod('second'))],
    ];
    expect(reachedIn({milestones, script: oneByOne, remembered})).toEqual([['m', 2]]);
  });
  test('one that shared the stage is not it; when, and which', () => {
    const together: Script = [
      [0, put(first)],
      [1, put(pod('second'))],
      [2, deleted(first)],
    ];
    expect(judgementOf({milestones, script: together, remembered})).toMatchObject({
      verdict: 'off-track',
      mismatches: [{type: 'never', at: 1000, expression: never, about: {name: 'second'}}],
    });
    const again: Script = [...together, [3, deleted(pod('second'))], [4, put(pod('third'))]];
    expect(reachedIn({milestones, script: again, remembered})).toEqual([['m', 4]]);
  });
  test('what comes after it was seen does not count', () => {
    const later: Script = [
      [0, put(first)],
      [1, deleted(first)],
      [2, put(pod('second'))],
      [3, put(pod('third'))],
    ];
    expect(reachedIn({milestones, script: later, remembered})).toEqual([['m', 2]]);
  });
  test('what was before its life does not count', () => {
    const before: Script = [
      [0, put(first), put(pod('x', {labels: {app: 'db'}}))],
      [1, deleted(first), deleted(pod('x'))],
      [2, put(pod('second'))],
    ];
    expect(reachedIn({milestones, script: before, since: 1, remembered})).toEqual([['m', 2]]);
  });
});

describe('turnOf', () => {
  const about = {kind: 'pods', name: 'a'} as const;
  const milestone = milestoneOf({id: 'm', object: pods, match: {}});
  test.each([
    ['a field of spec', {type: 'field', about, path: 'spec.replicas', wanted: 1, found: 2}, 'learner'],
    ['a field of status', {type: 'field', about, path: 'status.phase', wanted: 'x', found: 'y'}, 'cluster'],
    [
      'an expression over status',
      {type: 'expression', about, path: 'size(self.status.x)', wanted: '> 1', found: 0},
      'cluster',
    ],
    ['a missing Pod', {type: 'missing', about}, 'cluster'],
    ['a missing Service', {type: 'missing', about: {kind: 'services'}}, 'learner'],
    ['one that is still there', {type: 'still-there', about, terminating: false}, 'learner'],
    ['one on its way out', {type: 'still-there', about, terminating: true}, 'cluster'],
    ['a count', {type: 'count', about, wanted: 2, found: 1}, 'cluster'],
    ['an answer that is not there', {type: 'no-answer-yet', milestone: 'm'}, 'learner'],
  ] as const)('%s', (_, mismatch, turn) => {
    expect(turnOf(milestone, [mismatch])).toBe(turn);
  });
  test('what the lab says comes first', () => {
    const says = milestoneOf({id: 'm', object: pods, match: {}, waits: 'learner'});
    expect(turnOf(says, [{type: 'missing', about}])).toBe('learner');
  });
});
