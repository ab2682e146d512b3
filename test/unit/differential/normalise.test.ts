import {describe, expect, test} from 'vitest';
import {normalise} from '../../differential/normalise/normalise.ts';
import type {Recording} from '../../differential/recording.ts';
import type {Session} from '../../differential/session.ts';

const nodes = {'k3d-ref-agent-0': 'agent-0', 'k3d-ref-server-0': 'server'};

function recorded(...outputs: string[]): Recording {
  const steps = outputs.map(stdout => ({run: 'kubectl get', exit: 0, stdout, stderr: ''}));
  return {client: 'v1.35.4', server: 'v1.35.4', nodes, steps, objects: []};
}

const session = (parts: Partial<Session> = {}): Session => ({
  name: 'one',
  about: '',
  folder: '',
  steps: [],
  ...parts,
});

const cleaned = (...outputs: string[]): string[] =>
  normalise(recorded(...outputs), session()).steps.map(({stdout}) => stdout);

describe('what chance decides', () => {
  test.each([
    ['a time of the API', 'startedAt: "2026-11-21T15:03:18Z"', 'startedAt: "<time>"'],
    ['a time of describe', 'Start Time:  Sat, 21 Nov 2026 15:03:18 +0000', 'Start Time:  <time>'],
    ['a time of a database log', '2026-11-21  5:03:18 0 [Note] x', '<time> 0 [Note] x'],
    ['a time of kubectl', 'E1121 15:03:18.1   77 memcache.go:265] x', 'E<time> memcache.go:265] x'],
    ['a version', 'resourceVersion: "1234"', 'resourceVersion: "<version>"'],
    ['a version in an error', '\\"resourceVersion\\":\\"673\\"', '\\"resourceVersion\\":\\"<version>\\"'],
    ['an image', `nginx@sha256:${'a1'.repeat(32)}`, '<image>'],
    ['a container', `containerd://${'a1'.repeat(32)}`, '<container>'],
    [
      'an age in a row',
      'web   1/1   Running   1 (5s ago)   3m12s',
      'web  1/1  Running  1 (<age> ago)  <age>',
    ],
    [
      'how often an event came',
      'Warning  BackOff  2s (x3 over 15s)  kubelet',
      'Warning  BackOff  <age>  kubelet',
    ],
    ['a node', 'on k3d-ref-agent-0', 'on <agent-0>'],
    ['a file of kubectl edit', '$DIRECTORY/kubectl-edit-123.yaml', '$DIRECTORY/kubectl-edit-<number>.yaml'],
  ])('%s is left out', (_what, text, expected) => expect(cleaned(text)).toEqual([expected]));

  test.each([
    'op=Exists for 300s',
    'delay=0s timeout=1s period=10s',
    'back-off 10s restarting failed container',
    'Termination Grace Period:  30s',
    'cpu:  100m',
    'cpu  100m (5%)  0 (0%)',
    'image: nginx:1.26',
    'listen 0.0.0.0 and 127.0.0.1',
    'generation: 2',
    'my-mysql-deployment',
  ])('%s stays', text => expect(cleaned(text)).toEqual([text]));
});

describe('names that the server makes up', () => {
  test('the same name is the same everywhere, another is another', () => {
    expect(cleaned('pod/web-5d4fbc6b48-x2x4k', 'web-5d4fbc6b48-x2x4k\nweb-5d4fbc6b48-z9z9z')).toEqual([
      'pod/web-<hash-1>-<random-1>',
      'web-<hash-1>-<random-1>\nweb-<hash-1>-<random-2>',
    ]);
  });

  test('rows are in the order of what they say, not of what they are called', () => {
    const [one, other] = [
      cleaned('web-bbbbb   Running\nweb-zzzzz   Pending'),
      cleaned('web-zzzzz   Running\nweb-bbbbb   Pending'),
    ];
    expect(one).toEqual(other);
  });

  test('events about Pods that were named before are in the order of those names', () => {
    const head = '  ----  ------   ----  ----  -------\n';
    const [one, other] = ['  Normal  Created pod: a-bbbbb\n', '  Normal  Created pod: a-zzzzz\n'];
    expect(cleaned('a-zzzzz', `${head}${one}${other}`)).toEqual(cleaned('a-bbbbb', `${head}${one}${other}`));
  });

  test('rows with names of their own stay where they are', () =>
    expect(cleaned('beta   1\nalpha   2')).toEqual(['beta  1\nalpha  2']));

  test('addresses and UIDs are told apart', () =>
    expect(cleaned('10.42.0.1 10.42.0.2 10.42.0.1 0c1d2e3f-0000-4000-8000-000000000001')).toEqual([
      '<ip-1> <ip-2> <ip-1> <uid-1>',
    ]));

  test('also as parts of longer names', () =>
    expect(cleaned('pvc-0c1d2e3f-0000-4000-8000-000000000001_ns_data by provisioner-2bj5c_x')).toEqual([
      'pvc-<uid-1>_ns_data by provisioner-<random-1>_x',
    ]));
});

test('an event that is told twice is one', () => {
  const head = 'LAST SEEN   TYPE     REASON   OBJECT   MESSAGE\n';
  expect(cleaned(`${head}5s   Normal  Pulled   pod/a  x\n9s   Normal  Pulled   pod/a  x\n`)).toEqual(
    cleaned(`${head}7s   Normal  Pulled   pod/a  x\n`),
  );
});

test('events have no order', () => {
  const head =
    'Events:\n  Type    Reason   Age   From     Message\n  ----    ------   ----  ----     -------\n';
  const [pulled, started] = [
    '  Normal  Pulled   5s    kubelet  x\n',
    '  Normal  Started  4s    kubelet  y\n',
  ];
  expect(cleaned(`${head}${pulled}${started}`)).toEqual(cleaned(`${head}${started}${pulled}`));
});

test('indentation stays, the width of columns does not', () =>
  expect(cleaned('a:\n    b:   c   d')).toEqual(['a:\n    b:  c  d']));

test('a session names what is volatile in it', () => {
  const steps = [{run: 'kubectl get', volatile: ['Debian.*$']}];
  const [step] = normalise(recorded('agent   Debian GNU/Linux 12'), session({steps})).steps;
  expect(step?.stdout).toBe('agent  <volatile>');
});

test('lines that come in any order are sorted where a session says so', () => {
  const steps = [{run: 'kubectl exec', unordered: true as const}];
  const [step] = normalise(recorded('B=2\nA=1'), session({steps})).steps;
  expect(step?.stdout).toBe('A=1\nB=2');
});

test('histories of Pods that differ only in made-up names lie together, without what is too brief to be seen', () => {
  const recording = recorded();
  recording.objects = [
    {object: 'pods/job-bbbbb', states: ['Pending', 'Running [job running ready]', 'Succeeded']},
    {object: 'pods/job-ccccc', states: ['Pending', 'Running [job Completed(0)]', 'Succeeded']},
  ];
  expect(normalise(recording, session({brief: ['job']})).objects).toEqual(
    new Map([['pods/job-<random>', ['Pending\nSucceeded', 'Pending\nSucceeded']]]),
  );
});

test.each([
  ['deployments/web', ['0/2', '1/2', '2/2', '1/2', '0/2', '0/2 deleting'], '0/2\n2/2\n0/2\n0/2 deleting'],
  ['deployments/web', ['2/2', '1/2', '2/2'], '2/2\n1/2\n2/2'],
  ['deployments/web', ['0/1', '1/1', '1/3', '3/3'], '0/1\n1/1\n1/3\n3/3'],
  ['statefulsets/web', ['0/2', '1/2', '2/2'], '0/2\n1/2\n2/2'],
])('counts on the way from one to another are left out: %s %j', (object, states, expected) => {
  const recording = {...recorded(), objects: [{object, states}]};
  expect(normalise(recording, session()).objects.get(object)).toEqual([expected]);
});
