import {describe, expect, test} from 'vitest';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import type {WatchTarget} from '../../../src/world/change.ts';
import type {StepInput} from '../../helpers/judging.ts';
import {labOf} from '../../helpers/labs.ts';
import {deployment, exited, pod, waiting} from '../../helpers/objects.ts';
import {eventsIn, inShort, Play} from '../../helpers/playing.ts';
import {blind, deleted, listed, put, sighted} from '../../helpers/script.ts';

const pods = {kind: 'pods', labels: 'app=db'} as const;
const db = {kind: 'deployments.apps', name: 'db'} as const;
const ready = {status: {conditions: [{type: 'Ready', status: 'True'}]}};
const running = {state: {running: {}}};
const crashed =
  'self.status.containerStatuses.exists(c, has(c.state.terminated) && c.state.terminated.exitCode == 1)';

const apply: StepInput = {
  id: 'apply',
  type: 'do',
  command: 'kubectl apply -f db.yaml',
  milestones: [
    {id: 'deployment', object: db, match: {spec: {replicas: 1}}},
    {id: 'ready', object: pods, match: ready, count: 1, remember: 'first'},
  ],
};
const predict: StepInput = {id: 'predict', type: 'predict', options: ['both', 'one'], right: 'one'};
const scale: StepInput = {
  id: 'scale',
  type: 'do',
  timeline: 'app=db',
  expected: ['crash-loop'],
  milestones: [
    {id: 'first-kept', kept: '$first'},
    {id: 'scaled', object: db, seen: {spec: {replicas: 2}}},
    {id: 'second-ready', object: {...pods, not: '$first'}, seen: ready, remember: 'second'},
    {id: 'second-exited', object: {kind: 'pods', is: '$second'}, seen: crashed, waits: 'cluster'},
  ],
};
const back: StepInput = {
  id: 'back',
  type: 'do',
  milestones: [{id: 'one', object: db, match: {spec: {replicas: 1}}}],
};
const log = {log: {object: {kind: 'pods', is: '$first'}}} as const;

const applied = (play: Play) => play.at(2, put(deployment('db', 1)), put(pod('first', {container: running})));
const scaledAndCrashed = (play: Play) => {
  play.at(5, put(deployment('db', 2)));
  play.at(6, put(pod('second', {container: running})));
  play.at(36, put(pod('second', {ready: false, container: exited(1)})));
};

describe('from step to step', () => {
  test('opens, judges, reaches; what it tells and what it writes down', () => {
    const play = Play.started(labOf([apply, back]));
    applied(play);
    expect(inShort(play.events)).toEqual([
      'step apply',
      'judged off-track',
      'milestone deployment',
      'judged converging',
      'milestone ready',
      'reached apply',
      'step back',
      'milestone one',
      'reached back',
    ]);
    expect(play.run.step).toBeUndefined();
    expect(play.entries.map(({type}) => type)).toEqual([
      'step-opened',
      'milestone',
      'milestone',
      'step-reached',
      'step-opened',
      'milestone',
      'step-reached',
    ]);
    expect(play.entries[2]).toMatchObject({remember: {name: 'first', object: {metadata: {name: 'first'}}}});
  });
  test('says nothing before every watch has told what there is', () => {
    const play = new Play(labOf([apply]));
    play.at(0, listed('pods'));
    expect(play.outputs).toEqual([]);
  });
  test('the same judgement is not told again', () => {
    const play = Play.started(labOf([apply]));
    expect(eventsIn(play.at(2, put(pod('other', {labels: {app: 'web'}}))))).toEqual([]);
  });
  test('variables are filled in before a step is judged', () => {
    const placed: StepInput = {
      id: 's',
      type: 'do',
      milestones: [{id: 'm', object: pods, match: {spec: {nodeName: '${worker1}'}}}],
    };
    const play = Play.started(labOf([placed]), {variables: {worker1: 'n1'}});
    play.at(1, put(pod('a', {node: 'n1'})));
    expect(play.run.step).toBeUndefined();
  });
});

describe('a learner ahead of the text', () => {
  test('scaled, and it crashed, while the prediction was still open', () => {
    const play = Play.started(labOf([apply, predict, scale]));
    applied(play);
    scaledAndCrashed(play);
    play.at(37, put(pod('second', {container: {...running, restartCount: 1}})));
    expect(play.run.step?.id).toBe('predict');
    const told = play.at(60, {type: 'answered', answer: 'one'});
    expect(inShort(eventsIn(told)).filter(text => !text.startsWith('pod'))).toEqual([
      'answered predict: one',
      'reached predict',
      'step scale',
      'milestone scaled',
      'milestone second-ready',
      'milestone second-exited',
      'milestone first-kept',
      'reached scale',
      'compared predict',
    ]);
    expect(eventsIn(told)).toContainEqual(
      expect.objectContaining({milestone: 'second-exited', seenAt: 36_000}),
    );
  });
  test('did all of the next step during this one', () => {
    const both: StepInput = {
      id: 'both',
      type: 'do',
      milestones: [{id: 'two', object: pods, match: ready, count: 2}],
    };
    const restart: StepInput = {
      id: 'restart',
      type: 'do',
      milestones: [
        {id: 'strategy', object: db, match: {spec: {strategy: {type: 'Recreate'}}}},
        {id: 'old', object: pods, seen: ready, remember: 'before'},
        {id: 'new', object: {...pods, not: '$before'}, seen: ready, never: 'objects.size() > 1'},
      ],
    };
    const play = Play.started(labOf([both, restart]));
    play.at(1, put(pod('x')), put(pod('y')));
    expect(play.run.step?.id).toBe('restart');
    play.at(2, deleted(pod('x')), deleted(pod('y')));
    play.at(3, put(deployment('db', 1, {spec: {replicas: 1, strategy: {type: 'Recreate'}}})));
    play.at(4, put(pod('old')));
    play.at(5, deleted(pod('old')), put(pod('new')));
    expect(play.run.step).toBeUndefined();
  });
});

describe('predict', () => {
  test('any answer goes on; whether it came true is told later', () => {
    const play = Play.started(labOf([predict, back]));
    const told = eventsIn(play.at(1, {type: 'answered', answer: 'both'}));
    expect(told[0]).toMatchObject({type: 'answered', answer: 'both', right: false, wanted: 'one'});
    expect(play.entries).toContainEqual({
      type: 'answered',
      at: 1000,
      step: 'predict',
      answer: 'both',
      right: false,
    });
    expect(play.run.step?.id).toBe('back');
  });
  test.each(['2', 'one'])('%s, a number or a name, is an option', answer => {
    const play = Play.started(labOf([predict, back]));
    expect(eventsIn(play.at(1, {type: 'answered', answer}))[0]).toMatchObject({answer: 'one', right: true});
  });

  test('what is no option is no answer', () => {
    const play = Play.started(labOf([predict, back]));
    expect(play.at(1, {type: 'answered', answer: 'three'})).toEqual([]);
    expect(play.run.step?.id).toBe('predict');
  });

  test('waits for an answer, not for the cluster', () => {
    const play = Play.started(labOf([predict]));
    expect(play.run.judgement).toEqual({
      verdict: 'off-track',
      todo: true,
      mismatches: [{type: 'no-answer-yet', milestone: 'predict'}],
    });
  });
  test('is answered rightly in the learner’s place', () => {
    const play = Play.started(labOf([predict]));
    play.at(1, {type: 'solving'}, {type: 'answer-for-learner'});
    expect(play.events).toContainEqual(
      expect.objectContaining({type: 'answered', answer: 'one', right: true}),
    );
    expect(play.events.at(-1)).toMatchObject({type: 'reached', by: 'solve'});
  });
});

describe('look', () => {
  const look: StepInput = {id: 'look', type: 'look', milestones: [{id: 'there', object: pods, match: ready}]};
  test('ends when the learner goes on, not when the cluster is so far', () => {
    const play = Play.started(labOf([look, back]));
    play.at(1, put(pod('a')));
    expect(play.run.judgement).toEqual({verdict: 'converging', mismatches: [{type: 'not-looked-yet'}]});
    play.at(2, {type: 'next'});
    expect(play.run.step?.id).toBe('back');
  });
  test('next means nothing elsewhere', () => {
    const play = Play.started(labOf([back]));
    play.at(2, {type: 'next'});
    expect(play.run.step?.id).toBe('back');
  });
});

describe('an object that the step itself remembered is lost', () => {
  test('the step starts over, says so and writes it down', () => {
    const play = Play.started(labOf([apply, scale]));
    applied(play);
    play.at(5, put(deployment('db', 2)));
    play.at(6, put(pod('second', {container: running})));
    const told = play.at(8, deleted(pod('second')));
    expect(inShort(eventsIn(told))).toEqual([
      'pod second Gone',
      'rewound scale',
      'milestone scaled',
      'judged converging',
    ]);
    expect(told).toContainEqual({type: 'record', entry: {type: 'rewound', at: 8000, step: 'scale'}});
    play.at(9, put(deployment('db', 2, {status: {replicas: 2}})));
    play.at(10, put(pod('third', {container: running})));
    play.at(40, put(pod('third', {ready: false, container: exited(1)})));
    expect(play.run.step).toBeUndefined();
  });
});

describe('an object that an earlier step remembered is lost', () => {
  test('dead end', () => {
    const play = Play.started(labOf([apply, scale]));
    applied(play);
    play.at(8, deleted(pod('first')));
    expect(play.run.judgement).toMatchObject({verdict: 'dead-end', diagnosis: {code: 'object-gone'}});
  });
});

describe('resuming', () => {
  const first = pod('first', {container: running});
  const entries: JournalEntry[] = [
    {type: 'milestone', at: 1, step: 'apply', milestone: 'ready', remember: {name: 'first', object: first}},
    {type: 'step-reached', at: 2, step: 'apply', by: 'learner'},
    {type: 'milestone', at: 3, step: 'scale', milestone: 'scaled'},
    {
      type: 'milestone',
      at: 4,
      step: 'scale',
      milestone: 'second-ready',
      remember: {name: 'second', object: pod('second')},
    },
  ];
  const lab = labOf([apply, scale]);
  test('goes on where the journal ends, and does not tell again what it told', () => {
    const there = [put(first), put(pod('second', {ready: false, container: exited(1)}))];
    const play = Play.started(lab, {entries, there});
    expect(
      inShort(play.events).filter(text => !text.startsWith('pod') && !text.startsWith('judged')),
    ).toEqual(['step scale', 'milestone second-exited', 'milestone first-kept', 'reached scale']);
  });
  test('what was done is not asked for again', () => {
    const there = [put(first), put(pod('second', {container: running}))];
    const play = Play.started(lab, {entries, there});
    expect(play.run.judgement).toMatchObject({verdict: 'converging', waitingFor: 'second-exited'});
  });
  test('starts the step over when what it remembered was lost meanwhile', () => {
    const play = Play.started(lab, {entries, there: [put(first), put(deployment('db', 1))]});
    expect(inShort(play.events)).toContain('rewound scale');
    expect(play.run.judgement).toMatchObject({verdict: 'off-track', waitingFor: 'scaled'});
  });
  test('a lab that is through has no step', () => {
    const through: JournalEntry[] = [{type: 'step-reached', at: 1, step: 'back', by: 'learner'}];
    expect(Play.started(labOf([back]), {entries: through}).run.step).toBeUndefined();
  });
  test('hints go on counting', () => {
    const hinted: JournalEntry[] = [{type: 'hinted', at: 1, step: 'back', hint: 1}];
    const play = Play.started(labOf([{...back, hints: 3}]), {entries: hinted});
    expect(eventsIn(play.at(1, {type: 'hint'}))).toMatchObject([{type: 'hint', hint: 2, of: 3}]);
    play.at(2, {type: 'hint'}, {type: 'hint'});
    expect(play.events.at(-1)).toMatchObject({hint: 3});
  });
});

describe('blindness', () => {
  test('cannot tell, whatever was said before stays; then it goes on', () => {
    const play = Play.started(labOf([apply]));
    play.at(2, put(deployment('db', 2)));
    const before = play.run.judgement;
    play.at(4, blind('pods', new Error('connection refused')));
    expect(play.run.judgement).toEqual({
      verdict: 'cannot-tell',
      waitingFor: 'deployment',
      mismatches: before?.mismatches,
      diagnosis: {code: 'blind', facts: {since: 4000}, proof: 'connection refused'},
    });
    play.at(5, put(deployment('db', 1)));
    expect(play.verdict).toBe('cannot-tell');
    play.at(6, listed('pods', pod('first', {container: running})));
    expect(play.run.step).toBeUndefined();
  });
  test('nothing is concluded from it: no step is reached, nothing lost', () => {
    const play = Play.started(labOf([apply, scale]));
    applied(play);
    play.at(3, blind('deployments.apps'));
    play.at(4, deleted(pod('first')));
    expect(play.verdict).toBe('cannot-tell');
    play.at(5, sighted('deployments.apps'));
    expect(play.verdict).toBe('dead-end');
  });
});

describe('a look', () => {
  const probed: StepInput = {
    ...apply,
    milestones: [...(apply.milestones ?? []), {id: 'log', probe: {look: log, matches: 'port: 3306'}}],
  };
  test('is asked for when its turn comes, and judged', () => {
    const play = Play.started(labOf([probed]));
    expect(play.look).toBeUndefined();
    applied(play);
    expect(play.look).toMatchObject({requests: [{type: 'log', pod: {name: 'first'}, previous: false}]});
    const key = play.look?.key ?? '';
    play.at(3, {type: 'looked', key, answers: [{object: 'first', ok: true, text: 'starting'}]});
    expect(play.run.judgement).toMatchObject({verdict: 'converging', mismatches: [{found: 'starting'}]});
    play.at(4, {type: 'time'});
    play.at(4, {
      type: 'looked',
      key: play.look?.key ?? '',
      answers: [{object: 'first', ok: true, text: 'port: 3306'}],
    });
    expect(play.run.step).toBeUndefined();
  });
  test('that fails time and again: cannot tell', () => {
    const play = Play.started(labOf([probed]));
    applied(play);
    for (const at of [3, 4, 5]) {
      play.at(at, {type: 'looked', key: play.look?.key ?? '', cause: new Error('no')});
      play.at(at + 0.9, {type: 'time'});
    }
    expect(play.verdict).toBe('cannot-tell');
  });
  test('whose Pod is lost is asked of the one that takes its place', () => {
    const play = Play.started(labOf([probed]));
    applied(play);
    play.at(3, deleted(pod('first')));
    play.at(4, put(pod('again', {container: running})));
    expect(play.look).toMatchObject({requests: [{pod: {name: 'again'}}]});
  });
  test('is cancelled when its step is left', () => {
    const play = Play.started(labOf([probed, back]));
    applied(play);
    expect(play.at(3, {type: 'skip'})).toContainEqual({type: 'cancel-looks'});
    expect(play.events).toContainEqual(
      expect.objectContaining({type: 'skipped', step: 'apply', why: 'learner'}),
    );
  });
});

describe('find', () => {
  const find: StepInput = {
    id: 'find',
    type: 'find',
    milestones: [
      {
        id: 'file',
        answer: {from: {log: {object: pods, previous: true}}, find: 'lock (\\S+)', compare: 'basename'},
      },
    ],
  };
  const heard = {answers: [{object: 'a', ok: true, text: 'cannot lock ./ibdata1'}]};
  const asking = () => {
    const play = Play.started(labOf([find, back]));
    play.at(1, put(pod('a')));
    return play;
  };
  const answer = (play: Play, given: string) => {
    play.at(2, {type: 'answered', answer: given});
    play.at(2, {type: 'looked', key: play.look?.key ?? '', ...heard});
  };
  test('a wrong answer is told, and the next one judged', () => {
    const play = asking();
    answer(play, 'passwd');
    expect(play.run.judgement).toMatchObject({verdict: 'off-track', diagnosis: {code: 'wrong-answer'}});
    answer(play, '/var/lib/mysql/ibdata1');
    expect(play.events).toContainEqual(
      expect.objectContaining({
        type: 'answered',
        step: 'find',
        answer: '/var/lib/mysql/ibdata1',
        right: true,
      }),
    );
    expect(play.run.step?.id).toBe('back');
  });
  test('an answer known from before is told in its own step, when nobody can be asked any more', () => {
    const play = asking();
    play.at(1, {type: 'looked', key: play.look?.key ?? '', ...heard});
    play.at(2, deleted(pod('a')));
    play.at(3, {type: 'answered', answer: 'ibdata1'});
    play.at(4, {type: 'time'});
    expect(inShort(play.events)).toContain('answered find: ibdata1');
    expect(play.run.step?.id).toBe('back');
  });
});

describe('find, where the objects say what is right', () => {
  const find: StepInput = {
    id: 'find',
    type: 'find',
    milestones: [{id: 'node', answer: {object: {kind: 'pods', is: '$first'}, value: 'self.spec.nodeName'}}],
  };
  const asking = () => {
    const play = Play.started(labOf([apply, find]));
    play.at(2, put(deployment('db', 1)), put(pod('first', {node: 'one'})));
    return play;
  };
  const answer = (play: Play, given: string) =>
    play.at(3, put(deployment('db', 2)), {type: 'answered', answer: given}, {type: 'time'});

  test('needs no look, and is judged at once', () => {
    const play = asking();
    answer(play, 'two');
    expect(play.run.judgement).toMatchObject({verdict: 'off-track', diagnosis: {code: 'wrong-answer'}});
    answer(play, 'one');
    expect(inShort(play.events)).toContain('reached find');
    expect(play.look).toBeUndefined();
  });
  test('is right by what the objects are now', () => {
    const play = asking();
    play.at(3, put(pod('first', {node: 'two'})));
    answer(play, 'one');
    expect(play.verdict).toBe('off-track');
    answer(play, 'two');
    expect(inShort(play.events)).toContain('reached find');
  });
  test('is answered rightly in the learner’s place', () => {
    const play = asking();
    play.at(3, {type: 'answer-for-learner'}, {type: 'time'});
    expect(play.events).toContainEqual(
      expect.objectContaining({type: 'answered', answer: 'one', right: true}),
    );
  });
  test('nobody can say it once the object is gone', () => {
    const play = asking();
    play.at(3, deleted(pod('first')));
    answer(play, 'one');
    expect(play.run.judgement?.diagnosis).toMatchObject({
      code: 'nothing-to-look-at',
      facts: {what: 'object'},
    });
  });
});

describe('steps that this cluster is too small for', () => {
  test('are left out, and the lab goes on', () => {
    const play = Play.started(labOf([{...back, id: 'two', needs: {workers: 2}}, back]), {
      cluster: {workers: 1},
    });
    expect(play.events).toContainEqual(
      expect.objectContaining({type: 'skipped', step: 'two', why: 'needs-workers'}),
    );
    expect(play.events).not.toContainEqual(expect.objectContaining({type: 'step', step: 'two'}));
    expect(play.run.step?.id).toBe('back');
  });
});

describe('an outage', () => {
  const moved: StepInput = {
    id: 'moved',
    type: 'do',
    outage: {object: {...pods}, served: {...ready, spec: {nodeName: '${worker2}'}}},
    milestones: [
      {id: 'other', object: {...pods, not: '$first'}, match: {spec: {nodeName: '${worker2}'}, ...ready}},
    ],
  };
  const variables = {worker2: 'two'};
  const told = (play: Play) => play.events.filter(({type}) => type === 'outage' || type === 'reached');

  test('is told right before the step is reached, of this step alone', () => {
    const play = Play.started(labOf([apply, moved]), {variables});
    play.at(9, put(deployment('db', 1)), put(pod('first', {node: 'two'})));
    play.at(20, deleted(pod('first')));
    play.at(21, put(pod('second', {node: 'two', ready: false})));
    play.at(34.24, put(pod('second', {node: 'two'})));
    expect(told(play).slice(1)).toEqual([
      {type: 'outage', at: 34_240, lab: 'test', step: 'moved', seconds: 14.2},
      expect.objectContaining({type: 'reached', step: 'moved'}),
    ]);
  });
  test('is told in the time of a cluster that goes faster', () => {
    const play = Play.started(labOf([apply, moved]), {variables, speed: 10});
    play.at(9, put(deployment('db', 1)), put(pod('first', {node: 'two'})));
    play.at(20, deleted(pod('first')));
    play.at(21.42, put(pod('second', {node: 'two'})));
    expect(told(play)[1]).toMatchObject({type: 'outage', seconds: 14.2, speed: 10});
  });
  test('begins, at most, when the world was first seen', () => {
    const world: WatchTarget[] = [{kind: 'pods', namespace: 'statelab-test'}];
    const play = new Play(labOf([moved]), {variables, watched: world});
    play.at(1_000_000, listed('pods'));
    play.at(1_000_003, put(pod('second', {node: 'two'})));
    expect(told(play)[0]).toMatchObject({type: 'outage', seconds: 3});
  });
});

describe('the timeline', () => {
  test('every change of state of the Pods it is about, once, with their age', () => {
    const play = Play.started(
      labOf([{...scale, milestones: [{id: 'never', object: db, match: {spec: {replicas: 9}}}]}]),
    );
    play.at(1, put(pod('a', {phase: 'Pending', container: waiting('ContainerCreating')})));
    play.at(2, put(pod('a', {container: running})));
    play.at(3, put(pod('a', {container: running})));
    play.at(3, put(pod('web', {labels: {app: 'web'}})));
    play.at(34, put(pod('a', {ready: false, container: exited(1)})));
    play.at(35, put(pod('a', {ready: false, deleting: true})));
    play.at(36, deleted(pod('a')));
    const told = play.events.filter(({type}) => type === 'pod');
    expect(inShort(told)).toEqual([
      'pod a ContainerCreating',
      'pod a Running',
      'pod a Error',
      'pod a Terminating',
      'pod a Gone',
    ]);
    expect(told.map(event => event.type === 'pod' && event.age / 1000)).toEqual([0, 1, 33, 34, 35]);
  });
});

test('a state that was told in one step is not told again in the next; nor what went in between', () => {
  const replicas = (id: string, number: number, timeline: object): StepInput => ({
    ...{id, type: 'do', ...timeline},
    milestones: [{id: 'm', object: db, match: {spec: {replicas: number}}}],
  });
  const app = {timeline: 'app=db'};
  const play = Play.started(
    labOf([replicas('scale', 2, app), replicas('back', 1, {}), replicas('third', 9, app)]),
    {there: [put(pod('a', {container: running})), put(pod('b', {container: running}))]},
  );
  play.at(1, put(deployment('db', 2)));
  play.at(2, deleted(pod('b')));
  play.at(3, put(deployment('db', 1)));
  play.at(4, put(pod('c', {phase: 'Pending'})));
  const told = play.events.filter(({type}) => ['pod', 'step'].includes(type));
  expect(inShort(told)).toEqual([
    'step scale',
    'pod a Running',
    'pod b Running',
    'step back',
    'step third',
    'pod c Pending',
  ]);
});

describe('who reached it', () => {
  test('statelab, when it acts in the learner’s place; the next step is the learner’s again', () => {
    const play = Play.started(labOf([back, scale]));
    play.at(1, {type: 'solving'}, put(deployment('db', 1)));
    expect(play.entries).toContainEqual({type: 'step-reached', at: 1000, step: 'back', by: 'solve'});
  });
});
