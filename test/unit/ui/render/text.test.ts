import {describe, expect, test} from 'vitest';
import type {EngineEvent} from '../../../../src/engine/events.ts';
import {messagesIn} from '../../../../src/ui/messages/messages.ts';
import {textRenderer} from '../../../../src/ui/render/text.ts';
import {styleFor} from '../../../../src/ui/style.ts';
import {labOf} from '../../../helpers/labs.ts';

const lab = labOf(
  [
    {id: 'predict', type: 'predict', options: ['yes', 'no'], right: 'no'},
    {id: 'scale', type: 'do', command: 'kubectl scale ${name}', hints: 2},
    {id: 'see', type: 'look'},
  ],
  {},
  {
    options: {yes: 'It works', no: 'It does not'},
    milestones: {ready: 'the second Pod is Ready'},
    because: {start: '${name} takes its time'},
    after: 'That was **it**, ${outage} seconds.',
  },
);
const at = Date.UTC(2026, 0, 1, 12, 0, 0);
const step = (id: string, kind: 'do' | 'predict' | 'look' = 'do'): EngineEvent => ({
  type: 'step',
  at,
  lab: lab.id,
  step: id,
  index: lab.steps.findIndex(one => one.id === id) + 1,
  total: 3,
  kind,
  ...(id === 'scale' ? {command: 'kubectl scale ${name}'} : {}),
});
type Judged = Extract<EngineEvent, {type: 'judged'}>;
const judged = (more: Partial<Judged> = {}): Judged => ({
  type: 'judged',
  at,
  lab: lab.id,
  step: 'scale',
  verdict: 'off-track',
  waitingFor: 'scaled',
  mismatches: [
    {
      type: 'field',
      about: {kind: 'deployments.apps', name: 'db'},
      path: 'spec.replicas',
      wanted: 2,
      found: 1,
    },
  ],
  ...more,
});

function telling(live = false, envCommand = 'statelab env') {
  const render = textRenderer({
    lab,
    language: 'en',
    messages: messagesIn('en'),
    style: styleFor(false),
    width: () => 80,
    live,
    variables: () => ({name: 'deployment/db'}),
    directory: '/work',
    envCommand,
  });
  return (...events: EngineEvent[]) => events.flatMap(render).join('\n');
}

describe('a lab', () => {
  const opened: EngineEvent = {
    ...{type: 'lab', at, lab: lab.id, total: lab.steps.length},
    ...{provider: 'k3d', cluster: 'c', namespace: 'n'},
  };
  test('says how a second terminal comes to it', () => {
    expect(telling(false, '/c/statelab env')(opened)).toContain(
      'For a second terminal: eval "$(/c/statelab env)"',
    );
  });
});

describe('a step', () => {
  test('its title, text and command with the names filled in', () => {
    const said = telling()(step('scale'));
    expect(said).toContain('Step 2 of 3 · do · Title of scale');
    expect(said).toContain('Body of scale.');
    expect(said).toContain('    kubectl scale deployment/db');
  });
  test('the options of a prediction', () => {
    expect(telling()(step('predict', 'predict'))).toMatch(/1\. It works\n\s+2\. It does not/);
  });
});

describe('a judgement', () => {
  test('the first one of a step is silent: the learner has not begun', () => {
    expect(telling()(step('see', 'look'), judged()).split('\n').at(-1)).not.toContain('replicas');
  });
  test('nor is what a look brings first: it was so before', () => {
    const tell = telling();
    tell(step('scale'));
    const todo = {todo: true, waitingFor: 'ready'} as const;
    expect(tell(judged({...todo, mismatches: []}))).toBe('');
    const diagnosis = {code: 'sql-missing', facts: {what: 'database', name: 'shop'}} as const;
    expect(tell(judged({...todo, mismatches: [], diagnosis}))).toBe('');
    const table = {code: 'sql-missing', facts: {what: 'table', name: 'shop.guests'}} as const;
    expect(tell(judged({...todo, mismatches: [], diagnosis: table}))).toMatch(/^▸ .*shop\.guests/);
  });
  test('a look that is under way has nothing to say', () => {
    const tell = telling();
    tell(step('scale'), judged());
    expect(tell(judged({todo: true, waitingFor: 'ready', mismatches: []}))).toBe('');
  });
  test('unless there is a diagnosis of something wrong', () => {
    const tell = telling();
    tell(step('scale'));
    const diagnosis = {code: 'wrong-answer', facts: {answer: 'x'}} as const;
    expect(tell(judged({mismatches: [], diagnosis}))).toContain('"x" is not what the cluster says.');
  });
  test('the next is said, with path, wanted and found', () => {
    const tell = telling();
    tell(step('scale'), judged({verdict: 'converging'}));
    expect(tell(judged())).toBe('✗ not what was asked: Deployment db: spec.replicas is 1, wanted 2');
  });
  test('the same is not said again, another is', () => {
    const tell = telling();
    tell(step('scale'), judged({verdict: 'converging', mismatches: []}), judged());
    expect(tell(judged())).toBe('');
    expect(tell(judged({verdict: 'dead-end'}))).toContain('dead end');
    expect(tell(judged())).not.toBe('');
  });
  test('proof stands below it', () => {
    const tell = telling();
    tell(step('scale'));
    const diagnosis = {
      code: 'crash-loop',
      facts: {container: 'db', exitCode: 1, restarts: 2},
      object: {kind: 'pods', name: 'db-1', uid: 'u'},
      proof: 'line one\nline two',
    } as const;
    expect(tell(judged({diagnosis}))).toMatch(/db-1.*exit code 1[\s\S]*\n {4}line one\n {4}line two$/);
  });
  test('what only takes time is said once, and not where it is counted down in place', () => {
    const countdown = {because: 'start', since: at, until: at + 30_000};
    const waiting = judged({verdict: 'converging', mismatches: [], waitingFor: 'ready', countdown});
    const tell = telling();
    tell(step('scale'), judged());
    expect(tell(waiting)).toBe('… about 30 seconds more: deployment/db takes its time');
    expect(tell({...waiting, at: at + 5000, mismatches: [{type: 'missing', about: {kind: 'pods'}}]})).toBe(
      '',
    );
    const live = telling(true);
    live(step('scale'), judged());
    expect(live(waiting)).toBe('');
  });
  test('what is only to be made yet is no mistake', () => {
    const tell = telling();
    tell(step('scale'), judged());
    const missing = judged({mismatches: [{type: 'missing', about: {kind: 'pods', name: 'db'}}]});
    expect(tell({...missing, todo: true})).toBe('▸ Pod db is not there yet');
    const about = {kind: 'nodes', name: 'n1'} as const;
    const unset = {type: 'field', about, path: 'spec.unschedulable', wanted: true, found: undefined} as const;
    expect(tell(judged({todo: true, mismatches: [unset]}))).toBe(
      '▸ Node n1: spec.unschedulable is not set, wanted true',
    );
    const answers = [{type: 'output', object: 'db', wanted: 'Ada', found: ''}] as const;
    expect(tell(judged({todo: true, waitingFor: 'ready', mismatches: [...answers]}))).toBe(
      '▸ not yet: the second Pod is Ready',
    );
  });
  test('what a manifest says in more than a word is said in those of the milestone', () => {
    const tell = telling();
    tell(step('scale'), judged());
    const about = {kind: 'pods', name: 'db'} as const;
    const wanted = {type: 'DisruptionTarget', status: 'True'};
    const path = 'status.conditions[type=DisruptionTarget]';
    const condition = {type: 'field', about, path, wanted, found: undefined} as const;
    expect(tell(judged({todo: true, waitingFor: 'ready', mismatches: [condition]}))).toBe(
      '▸ not yet: the second Pod is Ready',
    );
  });
  test('of an event that does not match nothing is said: another is waited for', () => {
    const tell = telling();
    tell(step('scale'), judged());
    const about = {kind: 'events', name: 'db.1'} as const;
    const other = {type: 'expression', about, path: 'self.reason', wanted: '== "A"', found: 'B'} as const;
    const waiting = {verdict: 'converging', waitingFor: 'ready'} as const;
    const said = '… on the way: the second Pod is Ready';
    expect(tell(judged({...waiting, mismatches: [other]}))).toBe(said);
    tell(judged());
    expect(tell(judged({...waiting, mismatches: [{type: 'missing', about: {kind: 'events'}}]}))).toBe(said);
  });
  test('that an answer is wrong is said once, and again on another occasion', () => {
    const wrong = judged({mismatches: [], diagnosis: {code: 'wrong-answer', facts: {answer: 'x'}}});
    const answered = {type: 'answered', at, lab: lab.id, step: 'scale', answer: 'x', right: false} as const;
    expect(telling()(answered, wrong)).toBe('Not so: x');
    expect(telling()(wrong)).toContain('"x" is not what the cluster says.');
  });
  test('one that is late says so', () => {
    const countdown = {because: 'start', since: at - 60_000, until: at - 30_000};
    const tell = telling();
    tell(step('scale'), judged());
    expect(tell(judged({verdict: 'converging', mismatches: [], waitingFor: 'ready', countdown}))).toBe(
      '… 30 seconds longer than usual: deployment/db takes its time',
    );
  });
});

describe('a step that is left out', () => {
  const skipped = {type: 'skipped', at, lab: lab.id, step: 'scale'} as const;
  test('for the cluster’s sake: its title and why, not what is to be typed there', () => {
    expect(telling()({...skipped, why: 'needs-binding-mode'})).toBe(
      '\nStep 2 of 3 · do · Title of scale\n\n' +
        'Skipped: this step is for clusters whose default StorageClass has another\n' +
        'volumeBindingMode than this one.',
    );
  });
  test('by the learner, who has seen it', () => {
    expect(telling()(step('scale'), {...skipped, why: 'learner'})).toMatch(/\n\nSkipped\.$/);
  });
});

describe('what happens', () => {
  test('a milestone has the words of the lab', () => {
    const event = {type: 'milestone', at, lab: lab.id, step: 'scale', seenAt: at, object: 'db-2'} as const;
    expect(telling()({...event, milestone: 'ready'})).toMatch(
      /^✓ \d\d:00:00 the second Pod is Ready \(db-2\)$/,
    );
    expect(telling()({...event, milestone: 'second-exited'})).toContain('second exited');
  });
  test('a Pod’s states, with its node told once', () => {
    const pod = {
      type: 'pod',
      at,
      lab: lab.id,
      step: 'scale',
      pod: 'db-1',
      ready: false,
      restarts: 0,
      node: 'n1',
    } as const;
    const tell = telling();
    expect(tell({...pod, age: 1000, status: 'Running'})).toMatch(/\+0:01 {2}db-1 {2}Running {2}on n1$/);
    expect(tell({...pod, age: 31_000, status: 'Error', exitCode: 1})).toMatch(
      /\+0:31 {2}db-1 {2}Error {2}exit 1$/,
    );
    expect(tell({...pod, age: 95_000, status: 'Gone'})).toMatch(/\+1:35 {2}db-1 {2}Gone$/);
  });
  test('a prediction, and later what came of it', () => {
    const answered = {
      type: 'answered',
      at,
      lab: lab.id,
      step: 'predict',
      answer: 'yes',
      right: false,
      wanted: 'no',
    } as const;
    expect(telling()(answered)).toBe('You expect: It works');
    const compared = {
      type: 'compared',
      at,
      lab: lab.id,
      step: 'predict',
      answer: 'yes',
      wanted: 'no',
      right: false,
    } as const;
    expect(telling()(compared)).toBe('\nYou expected: It works\nWhat happened: It does not');
  });
  test('reached: what was to be seen', () => {
    expect(
      telling()(
        {type: 'outage', at, lab: lab.id, step: 'scale', seconds: 14.2},
        {type: 'reached', at, lab: lab.id, step: 'scale', verdict: 'reached', by: 'learner'},
      ),
    ).toBe('Longest outage in this step: 14.2 seconds.\n✓ Step reached.\n\nThat was it, 14.2 seconds.');
  });
  test('an outage in a time that goes faster', () => {
    expect(telling()({type: 'outage', at, lab: lab.id, step: 'scale', seconds: 14.2, speed: 10})).toBe(
      'Longest outage in this step: 14.2 seconds of the cluster’s time, which goes 10\ntimes as fast as yours.',
    );
  });
  test('a hint', () => {
    expect(telling()({type: 'hint', at, lab: lab.id, step: 'scale', hint: 2, of: 2})).toContain(
      'Hint 2 of 2\nSecond hint of scale.',
    );
  });
  test('that images are being loaded is said once', () => {
    const note = (line: string): EngineEvent => ({
      type: 'note',
      at,
      lab: lab.id,
      note: {code: 'images-loading', line},
    });
    const tell = telling();
    expect([tell(note('a')) !== '', tell(note('b'))]).toEqual([true, '']);
  });
  test('the end: the debrief when all is done, where it stopped otherwise', () => {
    const end = {type: 'end', at, lab: lab.id, skipped: 1, total: 3, exit: 0} as const;
    expect(telling()({...end, reached: 2})).toContain('What you saw.\n\n2 of 3 steps reached, 1 skipped.');
    expect(telling()({...end, reached: 1})).toContain('Stopped at "Title of see"');
  });
});
