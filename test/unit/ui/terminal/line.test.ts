import {describe, expect, test} from 'vitest';
import {needsShell, ownsScreen, readLine} from '../../../../src/ui/terminal/line.ts';

describe('readLine', () => {
  test.each([
    ['', {type: 'nothing'}],
    ['   ', {type: 'nothing'}],
    ['# a comment', {type: 'nothing'}],
    ['hint', {type: 'own', word: 'hint', rest: ''}],
    [' statelab hint ', {type: 'own', word: 'hint', rest: ''}],
    ['n', {type: 'own', word: 'next', rest: ''}],
    ['exit', {type: 'own', word: 'quit', rest: ''}],
    ['answer  the file ibdata1', {type: 'own', word: 'answer', rest: 'the file ibdata1'}],
    ["answer it's ./x", {type: 'own', word: 'answer', rest: "it's ./x"}],
    ['a 2', {type: 'own', word: 'answer', rest: '2'}],
    ['! ls | wc', {type: 'shell', line: 'ls | wc'}],
    ['hnt', {type: 'unknown', word: 'hnt', suggestion: 'hint'}],
    ['kubetcl get pods', {type: 'unknown', word: 'kubetcl', suggestion: 'kubectl'}],
    ['frobnicate', {type: 'unknown', word: 'frobnicate'}],
  ])('%j', (line, typed) => {
    expect(readLine(line)).toEqual(typed);
  });
  test('kubectl with its arguments, also after a pasted prompt', () => {
    const line = `kubectl exec deploy/db -- mariadb --execute='select 1'`;
    const typed = {
      type: 'program',
      program: 'kubectl',
      args: ['exec', 'deploy/db', '--', 'mariadb', '--execute=select 1'],
      line,
    };
    expect(readLine(line)).toEqual(typed);
    expect(readLine(`$ ${line}`)).toEqual(typed);
  });
  test('statelab’s own that need a process of their own', () => {
    expect(readLine('node exec n1 -- ls /data')).toMatchObject({
      type: 'program',
      program: 'statelab',
      args: ['node', 'exec', 'n1', '--', 'ls', '/data'],
    });
    expect(readLine('statelab cluster list')).toMatchObject({program: 'statelab', args: ['cluster', 'list']});
  });
  test('what only a shell understands goes to the learner’s shell', () => {
    expect(readLine('kubectl get pods | grep db')).toEqual({
      type: 'shell',
      line: 'kubectl get pods | grep db',
    });
  });
});

describe('needsShell', () => {
  test.each([
    'a | b',
    'a > f',
    'a && b',
    'a; b',
    'echo $HOME',
    'ls ~/x',
    'ls *.yaml',
    'echo "$HOME"',
    'echo `date`',
    'a "b" | c',
  ])('%s', line => {
    expect(needsShell(line)).toBe(true);
  });
  test.each(['a b', "a 'b | c > $d'", 'a "b | c > d"', 'a \\| b', `a "b \\" | c"`, 'a --x={.items}'])(
    'not: %s',
    line => {
      expect(needsShell(line)).toBe(false);
    },
  );
});

describe('ownsScreen', () => {
  const owns = (line: string) => ownsScreen(readLine(line));
  test.each([
    'kubectl exec -it deploy/db -- bash',
    'kubectl exec --stdin --tty db -- sh',
    'kubectl -n other exec -it db -- sh',
    'kubectl --namespace other edit deployment db',
    'kubectl edit deployment db',
    'kubectl attach db',
    'kubectl run x -i --image=busybox',
    'docker ps',
    'node exec n1 -- sh',
    '! vi x',
    'kubectl get pods | less',
  ])('%s', line => {
    expect(owns(line)).toBe(true);
  });
  test.each([
    'kubectl get pods',
    'kubectl get pods -w',
    'kubectl exec db -- ls -lit /data',
    'kubectl logs db',
    'kubectl delete pod edit',
    'hint',
    '',
  ])('not: %s', line => {
    expect(owns(line)).toBe(false);
  });
});
