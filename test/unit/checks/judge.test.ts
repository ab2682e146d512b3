import {describe, expect, test} from 'vitest';
import {judged, judgementOf, type MilestoneInput, reachedIn} from '../../helpers/judging.ts';
import {deployment, exited, object, pod} from '../../helpers/objects.ts';
import {blind, deleted, listed, put, type Script} from '../../helpers/script.ts';

const pods = {kind: 'pods', labels: 'app=db'} as const;
const db = {kind: 'deployments.apps', name: 'db'} as const;
const ready = {status: {conditions: [{type: 'Ready', status: 'True'}]}};
const first = pod('first');
const remembered = {first};

describe('the five verdicts', () => {
  const milestones: MilestoneInput[] = [
    {id: 'scaled', object: db, match: {spec: {replicas: 2}}},
    {id: 'ready', object: {...pods, not: '$first'}, match: ready},
  ];
  const script: Script = [
    [0, put(first), put(deployment('db', 1))],
    [1, put(deployment('db', 2))],
    [2, put(pod('second'))],
  ];
  test('off-track: the learner has not done it', () => {
    expect(judgementOf({milestones, script, at: 0, remembered}).verdict).toBe('off-track');
  });
  test('converging: the cluster has not', () => {
    expect(judgementOf({milestones, script, at: 1, remembered})).toMatchObject({
      verdict: 'converging',
      waitingFor: 'ready',
    });
  });
  test('reached', () => {
    expect(judgementOf({milestones, script, at: 2, remembered}).verdict).toBe('reached');
  });
  test('dead-end: what an earlier step remembered is gone', () => {
    const kept = [{id: 'kept', kept: '$first'}, ...milestones];
    expect(
      judgementOf({milestones: kept, script: [...script.slice(0, 2), [2, deleted(first)]], remembered}),
    ).toMatchObject({
      verdict: 'dead-end',
      waitingFor: 'kept',
      diagnosis: {code: 'object-gone', facts: {remembered: 'first'}, object: {uid: 'uid-first'}},
    });
  });
  test('cannot-tell: a look failed time and again', () => {
    const probe = {look: {files: {node: 'n1', path: '/data'}}, matches: 'x'};
    const looks = new Map([['p', {status: 'failed', cause: new Error('no')} as const]]);
    expect(judgementOf({milestones: [{id: 'p', probe}], script: [], looks}).verdict).toBe('cannot-tell');
  });
  test('cannot-tell: an answer is there, but not what it is to be compared with', () => {
    const answer = {from: {files: {node: 'n1', path: '/data'}}, find: '(.+)'};
    const looks = new Map([['a', {status: 'failed', cause: new Error('no')} as const]]);
    expect(judgementOf({milestones: [{id: 'a', answer}], script: [], looks})).toEqual({
      verdict: 'cannot-tell',
      waitingFor: 'a',
      mismatches: [],
    });
  });
  test('no milestones: reached', () => {
    expect(judgementOf({milestones: [], script: []})).toEqual({verdict: 'reached', mismatches: []});
  });
});

describe('all at once', () => {
  const milestones: MilestoneInput[] = [
    {id: 'one', object: db, match: {spec: {replicas: 2}}},
    {id: 'two', object: pods, match: ready, count: 2},
  ];
  test('what is to last must last until the others are so', () => {
    const script: Script = [
      [1, put(deployment('db', 2))],
      [2, put(deployment('db', 1))],
      [3, put(pod('a')), put(pod('b'))],
    ];
    expect(judgementOf({milestones, script})).toMatchObject({verdict: 'off-track', waitingFor: 'one'});
    expect(judgementOf({milestones, script: [...script, [4, put(deployment('db', 2))]]}).verdict).toBe(
      'reached',
    );
  });
  test('what a probe found counts only while the rest is so', () => {
    const probe = {look: {files: {node: 'n1', path: '/data'}}, matches: 'x'};
    const looks = new Map([['p', {status: 'matched', at: 3000} as const]]);
    const script: Script = [
      [1, put(deployment('db', 2))],
      [4, put(deployment('db', 3))],
    ];
    const wanted: MilestoneInput[] = [
      {id: 'one', object: db, match: {spec: {replicas: 2}}},
      {id: 'p', probe},
    ];
    expect(judgementOf({milestones: wanted, script, at: 3, looks}).verdict).toBe('reached');
    expect(judgementOf({milestones: wanted, script, at: 4, looks})).toMatchObject({
      verdict: 'off-track',
      waitingFor: 'one',
    });
  });
});

describe('a mistake that only a probe shows, and that was taken back', () => {
  const milestones: MilestoneInput[] = [
    {id: 'one', object: db, match: {spec: {replicas: 2}}},
    {id: 'two', object: pods, match: ready, remember: 'server'},
    {id: 'p', probe: {look: {files: {node: 'n1', path: '/data'}}, matches: 'x'}},
  ];
  const script: Script = [
    [1, put(deployment('db', 2)), put(pod('a'))],
    [2, deleted(pod('a')), put(deployment('db', 1))],
    [4, put(deployment('db', 2)), put(pod('b'))],
  ];
  const looks = new Map([['p', {status: 'matched', at: 5000} as const]]);

  test('the next step begins after it', () => {
    expect(judged({milestones, script, at: 6, looks}).cursor).toBe(4000);
  });
  test('what is remembered is what is there now', () => {
    expect(judged({milestones, script, at: 6, looks}).remembered.server?.metadata.name).toBe('b');
  });
});

describe('a learner who is ahead of the text', () => {
  const milestones: MilestoneInput[] = [
    {id: 'scaled', object: db, seen: {spec: {replicas: 2}}},
    {id: 'second', object: {...pods, not: '$first'}, seen: ready, remember: 'second'},
    {
      id: 'crashed',
      object: {kind: 'pods', is: '$second'},
      seen: 'self.status.containerStatuses.exists(c, c.state.terminated.exitCode == 1)',
    },
  ];
  const script: Script = [
    [0, put(first), put(deployment('db', 1))],
    [5, put(deployment('db', 2))],
    [6, put(pod('second'))],
    [36, put(pod('second', {ready: false, container: exited(1)}))],
    [37, put(pod('second', {ready: false, container: {state: {running: {}}, restartCount: 1}}))],
    [40, put(deployment('db', 1))],
    [42, deleted(pod('second'))],
  ];
  test('what happened since the step before was reached counts, though it is over', () => {
    expect(reachedIn({milestones, script, since: 1, at: 60, remembered})).toEqual([
      ['scaled', 5],
      ['second', 6],
      ['crashed', 36],
    ]);
  });
  test('what happened before that does not', () => {
    expect(judgementOf({milestones, script, since: 45, at: 60, remembered}).waitingFor).toBe('scaled');
  });
  test('the next step begins at the newest milestone of this one', () => {
    expect(judged({milestones, script, since: 1, at: 60, remembered}).cursor).toBe(36_000);
  });
});

describe('an object that the step itself remembered is lost', () => {
  const milestones: MilestoneInput[] = [
    {id: 'second', object: {...pods, not: '$first'}, seen: ready, remember: 'second'},
    {
      id: 'crashed',
      object: {kind: 'pods', is: '$second'},
      seen: 'self.status.containerStatuses.exists(c, c.state.terminated.exitCode == 1)',
    },
  ];
  const lost: Script = [
    [0, put(first)],
    [5, put(pod('second'))],
    [8, deleted(pod('second'))],
  ];
  test('the step starts over from then on', () => {
    const {judgement, since, reached} = judged({milestones, script: lost, remembered});
    expect(judgement).toMatchObject({verdict: 'converging', waitingFor: 'second'});
    expect([since, reached]).toEqual([8000, []]);
  });
  test('and goes on with another one', () => {
    const script: Script = [...lost, [9, put(pod('third'))]];
    expect(judged({milestones, script, remembered}).remembered.second?.metadata.name).toBe('third');
    expect(reachedIn({milestones, script, remembered})).toEqual([['second', 9]]);
  });
  test('also where it was so by a state that lasts, and nothing else in the step needs the object', () => {
    const lasting: MilestoneInput[] = [
      {id: 'ready', object: {...pods, not: '$first'}, match: ready, remember: 'second'},
      {id: 'done', object: {kind: 'pods', name: 'done'}, match: ready},
    ];
    const script: Script = [...lost, [9, put(pod('third'))], [10, put(pod('done'))]];
    const {judgement, remembered: kept} = judged({milestones: lasting, script, remembered});
    expect([judgement.verdict, kept.second?.metadata.name]).toEqual(['reached', 'third']);
  });
  test('any number of times', () => {
    const script: Script = [
      ...lost,
      [9, put(pod('third'))],
      [12, deleted(pod('third'))],
      [13, put(pod('x'))],
    ];
    expect(reachedIn({milestones, script, remembered})).toEqual([['second', 13]]);
  });
  test('what an earlier session wrote down does not count after that', () => {
    const latched = [{milestone: 'second', at: 1000, object: pod('second')}];
    expect(reachedIn({milestones, script: lost, remembered, latched})).toEqual([]);
  });
  test('once it was of use, its loss does not matter', () => {
    const script: Script = [
      [0, put(first)],
      [5, put(pod('second'))],
      [7, put(pod('second', {ready: false, container: exited(1)}))],
      [8, deleted(pod('second'))],
    ];
    expect(reachedIn({milestones, script, remembered})).toEqual([
      ['second', 5],
      ['crashed', 7],
    ]);
  });
  test('also where only a probe needs it', () => {
    const log = {log: {object: {kind: 'pods', is: '$one'}}} as const;
    const probed: MilestoneInput[] = [
      {id: 'ready', object: pods, match: ready, count: 1, remember: 'one'},
      {id: 'log', probe: {look: log, matches: 'ready'}},
    ];
    const script: Script = [
      [1, put(pod('a'))],
      [3, deleted(pod('a'))],
      [4, put(pod('b'))],
    ];
    const {reached, remembered: kept, look} = judged({milestones: probed, script});
    expect(reached.map(({milestone, at}) => [milestone, at])).toEqual([['ready', 4000]]);
    expect([kept.one?.metadata.name, look?.id]).toEqual(['b', 'log']);
  });
  test('what a look found of it counts no more either', () => {
    const log = {log: {object: {kind: 'pods', is: '$one'}}} as const;
    const probed: MilestoneInput[] = [
      {id: 'ready', object: pods, seen: ready, remember: 'one'},
      {id: 'log', probe: {look: log, matches: 'ready'}},
      {id: 'failed', object: {kind: 'pods', is: '$one'}, seen: {status: {phase: 'Failed'}}},
    ];
    const script: Script = [
      [1, put(pod('a'))],
      [3, put(pod('b'))],
      [4, deleted(pod('a'))],
    ];
    const looks = new Map([['log', {status: 'matched', at: 2000} as const]]);
    expect(judged({milestones: probed, script, at: 3, looks}).judgement.waitingFor).toBe('failed');
    expect(judged({milestones: probed, script, at: 4, looks}).judgement.waitingFor).toBe('log');
  });
  test('where an earlier session remembered it and it was lost since then', () => {
    const latched = [{milestone: 'second', at: 1000, object: pod('before')}];
    const script: Script = [[5, put(first)]];
    const resumed = {first, second: pod('before')};
    expect(judgementOf({milestones, script, latched, remembered: resumed})).toMatchObject({
      verdict: 'converging',
      waitingFor: 'second',
    });
    const again: Script = [...script, [6, put(pod('third'))]];
    expect(reachedIn({milestones, script: again, latched, remembered: resumed})).toEqual([['second', 6]]);
  });
});

describe('an object that an earlier step remembered is lost', () => {
  const gone: Script = [
    [0, put(first)],
    [5, deleted(first)],
  ];
  test.each<[string, MilestoneInput]>([
    ['a milestone about it', {id: 'm', object: {kind: 'pods', is: '$first'}, seen: {status: {phase: 'X'}}}],
    ['one that it was kept', {id: 'm', kept: '$first'}],
    [
      'a probe that asks it',
      {id: 'm', probe: {look: {exec: {object: {kind: 'pods', is: '$first'}, command: ['x']}}, matches: 'x'}},
    ],
  ])('%s is a dead end', (_, milestone) => {
    const milestones: MilestoneInput[] = [milestone, {id: 'more', object: db, match: {}}];
    expect(judgementOf({milestones, script: gone, remembered})).toMatchObject({
      verdict: 'dead-end',
      waitingFor: 'm',
      diagnosis: {code: 'object-gone', object: {kind: 'pods', name: 'first', uid: 'uid-first'}},
    });
  });
  test('an answer may be known from before, so it is none', () => {
    const from = {log: {object: {kind: 'pods', is: '$first'}}} as const;
    const milestones: MilestoneInput[] = [{id: 'm', answer: {from, find: '(x)'}}];
    expect(judgementOf({milestones, script: gone, remembered})).toMatchObject({
      verdict: 'off-track',
      mismatches: [{type: 'no-answer-yet'}],
    });
  });
  test('one that was never seen in this session as well', () => {
    const milestones = [{id: 'm', kept: '$first'}];
    expect(judgementOf({milestones, script: [], remembered}).verdict).toBe('dead-end');
  });
  test('one that is only on its way out is not lost yet', () => {
    const milestones: MilestoneInput[] = [
      {id: 'm', object: {kind: 'pods', is: '$first'}, seen: {status: {phase: 'X'}}},
    ];
    const leaving: Script = [
      [0, put(first)],
      [5, put(pod('first', {deleting: true}))],
    ];
    expect(judgementOf({milestones, script: leaving, remembered}).verdict).not.toBe('dead-end');
  });
});

describe('resuming', () => {
  const milestones: MilestoneInput[] = [
    {id: 'match', object: db, match: {spec: {replicas: 2}}},
    {id: 'seen', object: pods, seen: ready, remember: 'second'},
    {id: 'next', object: {kind: 'pods', is: '$second'}, seen: {status: {phase: 'Failed'}}},
  ];
  const latched = [
    {milestone: 'match', at: 10},
    {milestone: 'seen', at: 20, object: pod('second')},
  ];
  test('what was seen is not asked for again, what must be so still is', () => {
    const script: Script = [[100, put(pod('second', {phase: 'Pending'}))]];
    expect(judgementOf({milestones, script, latched}).waitingFor).toBe('match');
    const scaled: Script = [...script, [101, put(deployment('db', 2))]];
    expect(judged({milestones, script: scaled, latched})).toMatchObject({
      judgement: {waitingFor: 'next'},
      remembered: {second: {metadata: {name: 'second'}}},
    });
  });
});

describe('a list anew in the middle of a step', () => {
  test('takes nothing back that was reached', () => {
    const milestones: MilestoneInput[] = [
      {id: 'scaled', object: db, match: {spec: {replicas: 2}}},
      {id: 'crashed', object: pods, seen: {status: {phase: 'Failed'}}},
      {id: 'healed', object: pods, seen: {status: {phase: 'Succeeded'}}},
    ];
    const same = deployment('db', 2);
    const script: Script = [
      [1, put(same)],
      [2, put(pod('a', {phase: 'Failed'}))],
      [3, put(pod('a', {phase: 'Running'}))],
      [5, blind('deployments.apps')],
      [8, listed('deployments.apps', same)],
      [9, put(deployment('db', 2, {status: {readyReplicas: 1}}))],
    ];
    expect(reachedIn({milestones, script})).toEqual([
      ['scaled', 1],
      ['crashed', 2],
    ]);
  });
});

describe('expectations', () => {
  const milestones: MilestoneInput[] = [
    {id: 'scaled', object: db, seen: {spec: {replicas: 2}}},
    {id: 'ready', object: pods, seen: ready, expect: {within: 30, because: 'start'}},
  ];
  const script: Script = [[2, put(deployment('db', 2))]];
  test('a countdown from the milestone before', () => {
    const {judgement, wakeAt} = judged({milestones, script, at: 5});
    expect(judgement.countdown).toEqual({because: 'start', since: 2000, until: 32_000});
    expect(wakeAt).toBe(62_000);
  });
  test('none while it is the learner’s turn', () => {
    const learners: MilestoneInput[] = [
      {id: 'm', object: db, match: {spec: {replicas: 3}}, expect: {within: 9, because: 'x'}},
    ];
    expect(judgementOf({milestones: learners, script}).countdown).toBeUndefined();
  });
});

test('cluster-wide objects are remembered and lost like any other', () => {
  const node = object('nodes', 'n1');
  const milestones: MilestoneInput[] = [
    {id: 'm', object: {kind: 'nodes', is: '$node'}, match: {spec: {unschedulable: true}}},
  ];
  expect(
    judgementOf({
      milestones,
      script: [
        [1, put(node)],
        [2, deleted(node)],
      ],
      remembered: {node},
    }),
  ).toMatchObject({
    verdict: 'dead-end',
    diagnosis: {object: {kind: 'nodes', name: 'n1', uid: 'uid-n1'}},
  });
});
