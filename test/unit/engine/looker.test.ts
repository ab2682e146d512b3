import {describe, expect, test} from 'vitest';
import {Looker, type LookOutput} from '../../../src/engine/looker.ts';
import {type MilestoneInput, milestoneOf, sceneOf} from '../../helpers/judging.ts';
import {exited, pod, waiting} from '../../helpers/objects.ts';
import {put, type Script} from '../../helpers/script.ts';

const object = {kind: 'pods', labels: 'app=db'} as const;
const probe = milestoneOf({id: 'p', probe: {look: {exec: {object, command: ['true']}}, matches: '^1$'}});
const question = (more: Partial<MilestoneInput> = {}) =>
  milestoneOf({id: 'q', answer: {from: {exec: {object, command: ['ls']}}, find: '(\\S+)'}, ...more});
const here = sceneOf([[0, put(pod('a'))]]);
const nobody = sceneOf([]);
const said = (text: string) => ({answers: [{object: 'a', ok: true, text}]});

const keyOf = (outputs: LookOutput[]) => {
  const [look] = outputs.filter(output => output.type === 'look');
  return look?.type === 'look' ? look.key : undefined;
};
/** Lets time pass until the looker asks; undefined when it does not for ten minutes. */
function nextAsk(looker: Looker, now: number, milestone = probe) {
  for (let at = now; at < now + 600_000; ) {
    const outputs = looker.want(milestone, here, {}, at);
    const key = keyOf(outputs);
    if (key) return {key, at};
    const [wake] = outputs;
    if (wake?.type !== 'wake' || wake.at <= at) return undefined;
    at = wake.at;
  }
  return undefined;
}

describe('a probe', () => {
  test('is asked of whom it selects; meanwhile not again', () => {
    const looker = new Looker();
    expect(looker.want(probe, here, {}, 0)).toMatchObject([
      {type: 'look', requests: [{type: 'exec', pod: {name: 'a'}, command: ['true']}]},
    ]);
    expect([looker.want(probe, here, {}, 1), looker.busy]).toEqual([[], true]);
  });
  test('may want something of an object that is remembered', () => {
    const milestone = milestoneOf({
      id: 'p',
      probe: {look: {exec: {object, command: ['true']}}, matches: '^${named.status.podIP} '},
    });
    const named = {status: {podIP: '10.42.1.7'}};
    const looker = new Looker();
    const first = looker.want(milestone, here, {named}, 0);
    looker.looked({key: keyOf(first) ?? '', ...said('10.42.2.9 mysql-0')}, 7);
    expect(looker.looks.get('p')).toMatchObject({
      status: 'unmatched',
      mismatches: [{wanted: '^10.42.1.7 ', found: '10.42.2.9 mysql-0'}],
    });
    const second = looker.want(milestone, here, {named}, 1000);
    looker.looked({key: keyOf(second) ?? '', ...said('10.42.1.7 mysql-0')}, 1007);
    expect(looker.looks.get('p')).toEqual({status: 'matched', at: 1007});
  });
  test('tells an answer from the first one, until it is that again', () => {
    const milestone = milestoneOf({
      id: 'p',
      probe: {look: {exec: {object, command: ['true']}}, matches: '^3$'},
    });
    const looker = new Looker();
    const changed = ['0', '2', '0'].map((text, index) => {
      const outputs = looker.want(milestone, here, {}, index * 10_000);
      looker.looked({key: keyOf(outputs) ?? '', ...said(text)}, index * 10_000 + 5);
      const state = looker.looks.get('p');
      return state?.status === 'unmatched' && state.changed;
    });
    expect(changed).toEqual([undefined, true, undefined]);
  });
  test('of several looks takes all of them', () => {
    const local = {local: {port: 3306}};
    const several = milestoneOf({
      id: 's',
      probe: {look: [local, {exec: {object, command: ['true']}}], cel: 'answers.size() == 2'},
    });
    const looker = new Looker();
    const outputs = looker.want(several, here, {}, 0);
    expect(outputs).toMatchObject([
      {
        type: 'look',
        requests: [
          {type: 'local', port: 3306},
          {type: 'exec', pod: {name: 'a'}},
        ],
      },
    ]);
    const answers = ['127.0.0.1:3306', 'a'].map(name => ({object: name, ok: true, text: ''}));
    looker.looked({key: keyOf(outputs) ?? '', answers}, 7);
    expect(looker.looks.get('s')).toEqual({status: 'matched', at: 7});
  });
  test('the answer that matches', () => {
    const looker = new Looker();
    looker.looked({key: keyOf(looker.want(probe, here, {}, 0)) ?? '', ...said('1')}, 7);
    expect(looker.looks.get('p')).toEqual({status: 'matched', at: 7});
    expect(looker.busy).toBe(false);
  });
  test('is asked again with growing pauses, for ever: its answer may change at any time', () => {
    const looker = new Looker();
    const pauses: number[] = [];
    let now = 0;
    for (let next = nextAsk(looker, now); next && pauses.length < 100; next = nextAsk(looker, now)) {
      pauses.push(next.at - now);
      now = next.at;
      looker.looked({key: next.key, ...said('0')}, now);
    }
    expect(pauses.slice(0, 8)).toEqual([0, 300, 500, 1000, 2000, 3000, 5000, 5000]);
    expect(pauses.slice(58, 66)).toEqual([5000, 5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
    expect(pauses).toHaveLength(100);
    expect(looker.looks.get('p')).toMatchObject({
      status: 'unmatched',
      mismatches: [{type: 'output', found: '0'}],
    });
  });
  test('at once when a Pod changed or a command ended, also after that', () => {
    const looker = new Looker();
    looker.looked({key: keyOf(looker.want(probe, here, {}, 0)) ?? '', ...said('0')}, 0);
    expect(keyOf(looker.want(probe, here, {}, 10))).toBeUndefined();
    looker.changed({...put(pod('a')), at: 20} as Parameters<Looker['changed']>[0]);
    expect(keyOf(looker.want(probe, here, {}, 20))).toBeDefined();
    looker.looked({key: 'p#2', ...said('0')}, 20);
    looker.acted();
    expect(keyOf(looker.want(probe, here, {}, 21))).toBeDefined();
  });
  test('what changed while it was under way makes it be asked again', () => {
    const looker = new Looker();
    const key = keyOf(looker.want(probe, here, {}, 0)) ?? '';
    looker.acted();
    looker.looked({key, ...said('0')}, 5);
    expect(keyOf(looker.want(probe, here, {}, 5))).toBeDefined();
  });
  test('another one begins with its own first pause', () => {
    const looker = new Looker();
    for (let i = 0, now = 0; i < 6; i += 1) {
      const next = nextAsk(looker, now);
      now = next?.at ?? 0;
      looker.looked({key: next?.key ?? '', ...said(i === 5 ? '1' : '0')}, now);
    }
    const second = milestoneOf({...(probe as MilestoneInput), id: 'second'});
    expect(keyOf(looker.want(second, here, {}, 6_900))).toBe('second#7');
  });
  test('a late answer to an older question is ignored', () => {
    const looker = new Looker();
    const old = keyOf(looker.want(probe, here, {}, 0)) ?? '';
    expect(looker.reset()).toEqual([{type: 'cancel-looks'}]);
    const key = keyOf(looker.want(probe, here, {}, 1)) ?? '';
    looker.looked({key: old, ...said('1')}, 2);
    expect(looker.looks.get('p')).toBeUndefined();
    looker.looked({key, ...said('1')}, 3);
    expect(looker.looks.get('p')).toEqual({status: 'matched', at: 3});
  });
  test('nobody to ask is an answer of its own', () => {
    const looker = new Looker();
    expect(looker.want(probe, nobody, {}, 0)).toEqual([{type: 'wake', at: 300}]);
    expect(looker.looks.get('p')).toMatchObject({status: 'unmatched', nothing: true});
  });
  test('one that could not be asked three times in a row has failed; an answer mends it', () => {
    const looker = new Looker();
    const cause = new Error('refused');
    let now = 0;
    const ask = (result: {cause: unknown} | ReturnType<typeof said>) => {
      const next = nextAsk(looker, now);
      now = next?.at ?? 0;
      looker.looked({key: next?.key ?? '', ...result}, now);
      return looker.looks.get('p')?.status;
    };
    expect([ask({cause}), ask({cause}), ask(said('0')), ask({cause}), ask({cause})]).toEqual([
      undefined,
      undefined,
      'unmatched',
      'unmatched',
      'unmatched',
    ]);
    expect(ask({cause})).toBe('failed');
    expect(ask(said('1'))).toBe('matched');
  });
});

describe('an answer', () => {
  const answered = (looker: Looker, given: string, text: string) => {
    looker.answer(given);
    const key = keyOf(looker.want(question(), here, {}, 0)) ?? '';
    looker.looked({key, ...said(text)}, 5);
    return looker.looks.get('q');
  };
  test('is judged against what the cluster says, and told once', () => {
    const looker = new Looker();
    expect(answered(looker, 'passwd', 'ibdata1')).toMatchObject({status: 'unmatched', wrongAnswer: 'passwd'});
    expect([looker.takeAnswer(), looker.takeAnswer()]).toEqual([{answer: 'passwd', right: false}, undefined]);
    expect(answered(looker, 'ibdata1', 'ibdata1')).toEqual({status: 'matched', at: 5});
    expect(looker.takeAnswer()).toEqual({answer: 'ibdata1', right: true});
  });
  test('what is right is looked for once beforehand, and kept should it be gone later', () => {
    const looker = new Looker();
    const key = keyOf(looker.want(question(), here, {}, 0)) ?? '';
    looker.looked({key, ...said('ibdata1')}, 1);
    expect(looker.want(question(), here, {}, 2)).toEqual([]);
    looker.answer('ibdata1');
    looker.want(question(), nobody, {}, 3);
    expect(looker.looks.get('q')?.status).toBe('matched');
  });
  test('in the learner’s place any right one will do', () => {
    const looker = new Looker();
    looker.answerForLearner();
    looker.looked({key: keyOf(looker.want(question(), here, {}, 0)) ?? '', ...said('one two')}, 1);
    expect(looker.takeAnswer()).toEqual({answer: 'one', right: true});
  });
  test('a newer answer takes the place of one that is being judged', () => {
    const looker = new Looker();
    looker.answer('wrong');
    const old = keyOf(looker.want(question(), here, {}, 0)) ?? '';
    looker.answer('right');
    const key = keyOf(looker.want(question(), here, {}, 1)) ?? '';
    looker.looked({key: old, ...said('right')}, 2);
    expect(looker.takeAnswer()).toBeUndefined();
    looker.looked({key, ...said('right')}, 3);
    expect(looker.takeAnswer()).toEqual({answer: 'right', right: true});
  });
  test('where the cluster cannot be asked it has failed, and is asked again with pauses', () => {
    const looker = new Looker();
    looker.answer('x');
    const cause = new Error('refused');
    looker.looked({key: keyOf(looker.want(question(), here, {}, 0)) ?? '', cause}, 0);
    expect(looker.looks.get('q')).toEqual({status: 'failed', cause});
    expect(looker.want(question(), here, {}, 0)).toEqual([{type: 'wake', at: 300}]);
    looker.looked({key: nextAsk(looker, 0, question())?.key ?? '', ...said('x')}, 300);
    expect(looker.takeAnswer()).toEqual({answer: 'x', right: true});
  });
  test('one that is given then is judged at once', () => {
    const looker = new Looker();
    looker.answer('x');
    looker.looked({key: keyOf(looker.want(question(), here, {}, 0)) ?? '', cause: new Error('refused')}, 0);
    looker.answer('y');
    expect(keyOf(looker.want(question(), here, {}, 0))).toBeDefined();
  });
});

describe('evidence', () => {
  const step = {expected: []};
  const crashed = (container: object): Script => [[1, put(pod('a', {container}))]];
  test('is the log of a container that ended with an error, asked once for each time', () => {
    const looker = new Looker();
    const [look] = looker.wantEvidence(step, sceneOf(crashed(exited(1))));
    expect(look).toMatchObject({
      key: 'evidence:uid-a/db/0t',
      requests: [{type: 'log', pod: {name: 'a'}, container: 'db', previous: false}],
    });
    expect(looker.busy).toBe(true);
    expect(looker.wantEvidence(step, sceneOf(crashed(exited(1))))).toEqual([]);
    looker.looked({key: 'evidence:uid-a/db/0t', ...said('1\n2\n3\n4\n5')}, 1);
    expect([looker.evidence.get('uid-a/db/0t'), looker.busy]).toEqual(['2\n3\n4\n5', false]);
    expect(looker.wantEvidence(step, sceneOf(crashed({...exited(1), restartCount: 1})))).toHaveLength(1);
  });
  test('while it waits for its next try it is the log before', () => {
    const container = {...waiting('CrashLoopBackOff'), lastState: exited(1).state, restartCount: 1};
    expect(new Looker().wantEvidence(step, sceneOf(crashed(container)))).toMatchObject([
      {key: 'evidence:uid-a/db/1', requests: [{previous: true}]},
    ]);
  });
  test('a log that cannot be had is an empty one', () => {
    const looker = new Looker();
    looker.wantEvidence(step, sceneOf(crashed(exited(1))));
    looker.looked({key: 'evidence:uid-a/db/0t', cause: new Error('gone')}, 1);
    expect(looker.evidence.get('uid-a/db/0t')).toBe('');
  });
  test('none where the crash is meant to happen, or there is none', () => {
    expect(new Looker().wantEvidence({expected: ['crash-loop']}, sceneOf(crashed(exited(1))))).toEqual([]);
    expect(new Looker().wantEvidence(step, sceneOf(crashed(exited(0))))).toEqual([]);
    expect(new Looker().wantEvidence(step, sceneOf(crashed({state: {running: {}}})))).toEqual([]);
  });
  test('that was cancelled with its step is asked for anew in the next', () => {
    const looker = new Looker();
    looker.wantEvidence(step, sceneOf(crashed(exited(1))));
    looker.reset();
    expect(looker.wantEvidence(step, sceneOf(crashed(exited(1))))).toHaveLength(1);
  });
});
