import {expect, test} from 'vitest';
import {compare} from '../../differential/compare.ts';
import type {RecordedStep, Recording} from '../../differential/recording.ts';
import {sayComparison, sayTotal} from '../../differential/say.ts';
import type {Session} from '../../differential/session.ts';

const session: Session = {
  name: 'one',
  about: '',
  folder: '',
  steps: [{run: 'kubectl get a'}, {run: 'kubectl get b'}],
};

const recording = (outputs: string[], states: string[]): Recording => ({
  client: 'v1.35.4',
  server: 'v1.35.4',
  nodes: {},
  steps: outputs.map(
    (stdout, index): RecordedStep => ({run: session.steps[index]?.run ?? '', exit: 0, stdout, stderr: ''}),
  ),
  objects: [{object: 'pods/web', states}],
});

test('the same agrees, and nothing is said', () => {
  const same = recording(['a\n', 'b\n'], ['Running']);
  const comparison = compare(session, same, same);
  expect(sayComparison(comparison)).toBe('');
  expect(sayTotal([comparison])).toBe(
    '1 sessions; commands that agree: 2 of 2 (100.0 %); objects with the same states: 1 of 1 (100.0 %)',
  );
});

test('what differs is shown line by line, between the lines around it', () => {
  const one = recording(['a\n', 'first\nsecond\nthird\n'], ['Pending', 'Running']);
  const other = recording(['a\n', 'first\nother\nthird\n'], ['Running']);
  const comparison = compare(session, one, other);
  expect(sayComparison(comparison)).toContain(
    'one: kubectl get b\n    stdout:\n    first\n  - second\n  + other\n    third\n',
  );
  expect(sayComparison(comparison)).toContain('one: pods/web\n  - Pending\n    Running\n');
  expect(sayTotal([comparison])).toContain('1 of 2 (50.0 %)');
});

test('what was waited for in vain is a difference', () => {
  const settled = recording(['a', 'b'], []);
  const vain = recording(['a', 'b'], []);
  vain.steps[0] = {run: 'kubectl get a', exit: 0, stdout: 'a', stderr: '', unsettled: 'kubectl wait'};
  expect(sayComparison(compare(session, settled, vain))).toContain('+ never came: kubectl wait');
});

test('a recording of other commands says so', () => {
  const stale = recording(['a', 'b'], []);
  stale.steps[1] = {run: 'kubectl get c', exit: 0, stdout: 'b', stderr: ''};
  expect(sayComparison(compare(session, stale, recording(['a', 'b'], [])))).toContain(
    '- (not recorded since the session was changed)',
  );
});
