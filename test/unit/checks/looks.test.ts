import {describe, expect, test} from 'vitest';
import {
  isRight,
  lastLines,
  probeMismatches,
  requestsOf,
  rightAnswers,
  rightFromObjects,
  tellingLines,
} from '../../../src/checks/looks.ts';
import {milestoneOf, sceneOf} from '../../helpers/judging.ts';
import {pod} from '../../helpers/objects.ts';
import {put} from '../../helpers/script.ts';

const object = {kind: 'pods', labels: 'app=db'} as const;
const scene = sceneOf([[1, put(pod('a')), put(pod('b')), put(pod('leaving', {deleting: true}))]]);
const answer = (name: string, text: string, ok = true) => ({object: name, text, ok});

describe('requestsOf', () => {
  test('every selected Pod that is not on its way out', () => {
    const requests = requestsOf({exec: {object, command: ['ls', '${dataDir}']}}, scene, {dataDir: '/data'});
    expect(requests).toMatchObject([
      {type: 'exec', pod: {name: 'a', uid: 'uid-a'}, command: ['ls', '/data']},
      {type: 'exec', pod: {name: 'b'}},
    ]);
  });
  test('a log, the one before, or both', () => {
    const previous = (what: boolean | 'both') =>
      requestsOf({log: {object: {...object, name: 'a'}, container: 'db', previous: what}}, scene, {}).map(
        request => (request.type === 'log' ? [request.container, request.previous] : []),
      );
    expect(previous(true)).toEqual([['db', true]]);
    expect(previous('both')).toEqual([
      ['db', true],
      ['db', false],
    ]);
  });
  test('a port of this machine', () => {
    expect(requestsOf({local: {port: 3306}}, scene, {})).toEqual([{type: 'local', port: 3306}]);
  });
  test('whether a node runs', () => {
    const lost = {metadata: {name: 'n1'}};
    expect(requestsOf({node: {name: '${lost.metadata.name}'}}, scene, {lost})).toEqual([
      {type: 'node', node: 'n1'},
    ]);
  });
  test('a directory on a node needs nobody', () => {
    expect(requestsOf({files: {node: '${worker1}', path: '/x'}}, scene, {worker1: 'n1'})).toEqual([
      {type: 'files', node: 'n1', path: '/x'},
    ]);
  });
});

describe('probeMismatches', () => {
  const probe = (matches: {matches?: string; cel?: string}) => {
    const {probe: made} = milestoneOf({id: 'm', probe: {look: {exec: {object, command: ['x']}}, ...matches}});
    if (!made) throw new Error('no probe');
    return made;
  };
  test('every object asked must match, line by line', () => {
    const one = probe({matches: '^1$'});
    expect(probeMismatches(one, [answer('a', 'warning\n1\n'), answer('b', '1')])).toEqual([]);
    expect(probeMismatches(one, [answer('a', '1'), answer('b', 'first\nERROR 2002\n')])).toEqual([
      {type: 'output', object: 'b', wanted: '^1$', found: 'ERROR 2002'},
    ]);
  });
  test('nobody asked is no match', () => {
    expect(probeMismatches(probe({matches: '.*'}), [])).toEqual([
      {type: 'output', object: '', wanted: '.*', found: ''},
    ]);
    expect(probeMismatches(probe({cel: 'answers.all(a, a.ok)'}), [])).toHaveLength(1);
  });
  test('an expression over all answers', () => {
    const cel = "answers.exists(a, a.ok && a.text.contains('Ada'))";
    expect(probeMismatches(probe({cel}), [answer('a', ''), answer('b', 'Ada')])).toEqual([]);
    expect(probeMismatches(probe({cel}), [answer('a', 'x'), answer('b', 'Ada', false)])).toEqual([
      {type: 'output', object: 'a, b', wanted: cel, found: 'a: x\nb: Ada'},
    ]);
  });
});

describe('probeMismatches of a port of this machine', () => {
  const probe = (wanted: {matches: string} | {cel: string}) => {
    const {probe: made} = milestoneOf({id: 'open', probe: {look: {local: {port: 3306}}, ...wanted}});
    if (!made) throw new Error('no probe');
    return made;
  };
  const refused = {object: '127.0.0.1:3306', ok: false, text: 'ECONNREFUSED'};
  const closed = {type: 'port-closed', port: 3306, why: 'ECONNREFUSED'};
  test('one that is closed matches nothing, whatever its error is called', () => {
    expect(probeMismatches(probe({matches: ''}), [refused])).toEqual([closed]);
    expect(probeMismatches(probe({cel: 'answers.all(a, a.ok)'}), [refused])).toEqual([closed]);
  });
  test('that it is closed may be what is wanted', () => {
    expect(probeMismatches(probe({cel: '!answers[0].ok'}), [refused])).toEqual([]);
  });
  test('an open one is judged by what the server says', () => {
    const greeting = {object: '127.0.0.1:3306', ok: true, text: 'J 11.8.2-MariaDB'};
    expect(probeMismatches(probe({matches: 'MariaDB'}), [greeting])).toEqual([]);
    expect(probeMismatches(probe({matches: 'MySQL'}), [greeting])).toMatchObject([{type: 'output'}]);
  });
});

describe('answers', () => {
  const check = (find: string, compare: 'exact' | 'basename' = 'exact') => {
    const {answer: made} = milestoneOf({
      id: 'm',
      answer: {from: {files: {node: 'n', path: '/'}}, find, compare},
    });
    if (!made || !('find' in made)) throw new Error('no answer');
    return made;
  };
  test('every match of what could be read, each once', () => {
    const log = "Unable to lock ./ibdata1\nUnable to lock ./ibdata1\nUnable to lock ./aria_log_control'";
    expect(rightAnswers(check("Unable to lock ([^\\s']+)", 'basename'), [answer('a', log)])).toEqual([
      'ibdata1',
      'aria_log_control',
    ]);
    expect(rightAnswers(check('(.+)'), [answer('a', 'no such file', false)])).toEqual([]);
  });
  test('every selected object says what is right', () => {
    const {answer: byObject} = milestoneOf({
      id: 'm',
      answer: {
        object,
        value: "[self.metadata.name, '${dataDir}/' + self.metadata.name]",
        compare: 'basename',
      },
    });
    if (!byObject || !('value' in byObject)) throw new Error('no answer');
    expect(rightFromObjects(byObject, scene, {dataDir: '/x'})).toEqual(['a', 'b', 'leaving']);
    expect(rightFromObjects({...byObject, compare: 'exact'}, scene, {dataDir: '/x'})).toContain('/x/b');
  });
  test('what a learner writes around it does not matter', () => {
    const file = check('(.+)', 'basename');
    for (const given of ['ibdata1', './ibdata1', '/var/lib/mysql/ibdata1', ' `ibdata1` ', '"ibdata1".'])
      expect(isRight(file, given, ['ibdata1'])).toBe(true);
    for (const given of ['ibdata', '/var/lib/mysql', ''])
      expect(isRight(file, given, ['ibdata1'])).toBe(false);
  });
  test('exact is the whole of it', () => {
    expect(isRight(check('(.+)'), '/data/x', ['x'])).toBe(false);
    expect(isRight(check('(.+)'), 'x', ['x'])).toBe(true);
  });
});

test('the lines of a log that tell why: the first errors, else its end', () => {
  expect(tellingLines('Note\n[ERROR] a\nx\n[ERROR] a\n[ERROR] b\nError c\nError d\n')).toBe(
    '[ERROR] a\n[ERROR] b\nError c',
  );
  expect(tellingLines('1\n2\n3\n4\n5\n')).toBe('2\n3\n4\n5');
  expect(lastLines('1\n2\n\n', 1)).toBe('2');
});
