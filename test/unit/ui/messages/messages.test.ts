import {describe, expect, test} from 'vitest';
import type {About, Mismatch} from '../../../../src/checks/judgement.ts';
import type {BundleInfo} from '../../../../src/engine/bundle.ts';
import type {Note} from '../../../../src/engine/events.ts';
import {type ErrorCode, type ErrorFacts, ExpectedError} from '../../../../src/errors.ts';
import {languages} from '../../../../src/lab/lab.ts';
import {needNames} from '../../../../src/lab/schema.ts';
import {helpIn} from '../../../../src/ui/messages/help.ts';
import {
  languageOf,
  messagesIn,
  sayDiagnosis,
  sayError,
  sayMismatch,
} from '../../../../src/ui/messages/messages.ts';
import {everyDiagnosis} from '../../../helpers/every-diagnosis.ts';
import {namespace} from '../../../helpers/objects.ts';

/** Facts for every error, some with and without what may be left out. A code without any does not compile. */
const errors: {[C in ErrorCode]: ErrorFacts[C][]} = {
  'unknown-lab': [{lab: 'x'}, {lab: 'x', suggestion: 'y'}],
  'broken-lab': [
    {
      problems: [
        {file: 'lab.yaml', line: 3, path: 'steps[0]', message: 'no'},
        {file: 'en.md', path: '', message: 'no'},
      ],
    },
  ],
  'unknown-step': [{lab: 'x', step: 's', steps: ['a', 'b']}],
  'no-lab-open': [{}],
  'program-missing': [{program: 'kubectl'}, {program: 'k3d'}, {program: 'minikube'}, {program: 'docker'}],
  'kubectl-unfetched': [{detail: 'd'}],
  'kubectl-broken': [{detail: 'Exec format error'}],
  'kubectl-skew': [{client: 'v1.20.0', server: 'v1.35.0', minimum: '1.34'}],
  'docker-down': [{detail: 'refused'}, {seconds: 20}],
  'provider-failed': [
    {provider: 'minikube', detail: 'no'},
    {provider: 'k3d', seconds: 20},
  ],
  'cluster-missing': [{cluster: 'c', provider: 'k3d'}],
  'cluster-lost': [{cluster: 'c', detail: 'refused'}],
  'cluster-stopped': [{cluster: 'c', provider: 'k3d'}],
  'answer-unknown': [{command: 'minikube status', detail: 'd'}],
  'cluster-unreachable': [{cluster: 'c', provider: 'k3d', detail: 'refused'}],
  'cluster-taken': [{cluster: 'c', provider: 'k3d'}],
  'cluster-busy': [
    {cluster: 'c', doing: 'create', pid: 7},
    {cluster: 'c', doing: 'delete', pid: 7},
  ],
  'cluster-unready': [{cluster: 'c', waiting: ['n1', 'coredns']}],
  'cluster-name': [{cluster: 'C', limit: 32}],
  'bundle-folder': [{folder: '/media/usb/'}],
  'bundle-program': [{program: 'kubectl', file: '/bin/kubectl'}],
  'bundle-unwritten': [{file: 'class.tar', folder: '/tmp', detail: 'd'}],
  'bundle-unreadable': [{file: 'class.tar', detail: 'd'}],
  'bundle-unknown': [{file: 'class.tar'}],
  'bundle-broken': [
    {file: 'class.tar', how: 'torn'},
    {file: 'class.tar', how: 'altered', part: 'k3d.zst'},
  ],
  'bundle-architecture': [{file: 'class.tar', bundle: 'amd64', machine: 'arm64'}],
  'bundle-unloaded': [{image: 'i', detail: 'd'}],
  'cluster-differs': [{cluster: 'c', provider: 'sandbox', option: '--speed 1'}],
  'sandbox-failed': [{cluster: 'c', detail: 'd'}],
  'cluster-failed': [
    {cluster: 'c', doing: 'create', detail: 'no'},
    {cluster: 'c', doing: 'stop node n1', detail: 'no'},
    {cluster: 'c', doing: 'something else', detail: 'no'},
  ],
  'image-missing': [{image: 'i', detail: 'no'}],
  'namespace-taken': [{namespace}, {namespace, owner: 'ada'}],
  'volumes-in-the-way': [{lab: 'x', volumes: ['a', 'b']}],
  'namespace-unprepared': [
    {namespace, lab: 'x'},
    {namespace, lab: 'x', user: 'system:serviceaccount:team:ada'},
  ],
  'rights-missing': [{namespace, lab: 'x', missing: ['list events'], user: 'ada'}],
  forbidden: [
    {verb: 'list', resource: 'pods', detail: 'no'},
    {verb: 'list', resource: 'pods', namespace, detail: 'no'},
  ],
  'context-unknown': [
    {context: 'x', known: ['a']},
    {context: '', known: []},
  ],
  'kubeconfig-unreadable': [{file: '/home/eve/.kube/config', detail: 'EISDIR'}],
  'context-unreachable': [{context: 'x', detail: 'no'}],
  'context-refused': [{context: 'x'}],
  'database-differs': [{lab: 'x', begun: 'mariadb', asked: 'mysql'}],
  'node-unknown': [{node: 'n', known: ['a']}],
  'node-stopped': [{node: 'n'}],
  'node-operations-off': [{provider: 'context'}, {provider: 'context', withheld: 'unasked'}],
  'journal-newer': [{file: 'f', found: 2, known: 1}],
  'journal-broken': [{file: 'f', line: 3}],
  'journal-unwritable': [{file: 'f', detail: 'ENOSPC'}],
  'file-unwritable': [{file: 'f', detail: 'EACCES'}],
  'journal-locked': [{lab: 'x', pid: 7}],
  'lab-needs': needNames.flatMap(need =>
    [{}, {withheld: 'unasked'} as const, {withheld: 'forbidden'} as const].map(why => ({
      lab: 'hostpath-deployment',
      need,
      wanted: '2',
      ...why,
    })),
  ),
  'needs-answer': [{question: 'q?', flag: '--yes'}],
  'reset-incomplete': [{left: ['a', 'b'], mend: ['kubectl delete a', 'kubectl delete b']}],
  'step-not-reached': [{lab: 'x', step: 's'}],
  'not-ready': [
    {provider: 'k3d', cluster: 'c'},
    {provider: 'sandbox', cluster: 'c'},
  ],
  usage: [{detail: 'no'}],
  interrupted: [{}],
};

const abouts: About[] = [
  {kind: 'pods', name: 'a', uid: 'u'},
  {kind: 'pods', labels: 'app=db'},
  {kind: 'pods'},
];
const mismatches: Mismatch[] = abouts.flatMap((about): Mismatch[] => [
  {type: 'field', about, path: 'spec.x', wanted: {a: [1]}, found: {b: 2}},
  {type: 'field', about, path: 'spec.x', wanted: {c: [3]}, found: undefined},
  {type: 'expression', about, path: 'self.x', wanted: '== 2', found: [1]},
  {type: 'expression', about, path: 'self.x', wanted: 'true', found: undefined},
  {type: 'missing', about},
  {type: 'still-there', about, terminating: true},
  {type: 'still-there', about, terminating: false},
  {type: 'count', about, wanted: 2, found: 1},
  {type: 'too-short', about, wanted: 10, found: 3},
  {type: 'never', about, expression: 'x', at: 0},
  {type: 'same-node', about, node: 'n1'},
  {type: 'same-object', about},
  {type: 'output', object: 'a', wanted: 'x', found: 'y'},
  {type: 'output', object: '', wanted: 'x', found: ''},
  {type: 'port-closed', port: 3306, why: 'ECONNREFUSED'},
  {type: 'no-answer-yet', milestone: 'm'},
  {type: 'not-looked-yet'},
]);

const notes: Note[] = [
  {code: 'images-loading', line: 'x'},
  {code: 'images-ready'},
  {code: 'images-failed', detail: 'x'},
  {code: 'fast-forward', step: 's', because: 'asked'},
  {code: 'fast-forward', step: 's', because: 'object-gone'},
  {code: 'fast-forward', step: 's', because: 'cluster-changed'},
  {code: 'fast-forwarded'},
];

const sound = (text: string) => {
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(/undefined|\[object|NaN|null(?!")|\$\{/);
};
/** Every sentence of a tree of words, functions called with plain facts. */
const bundle: BundleInfo = {
  ...{statelab: '0.1.0', made: '2026-01-01T00:00:00Z', architecture: 'amd64', platform: 'linux'},
  ...{database: 'mariadb', k3sImage: 'i', images: ['i'], programs: {k3d: 'v5'}, package: 'p.tgz', size: 7},
};

function sentencesIn(words: object): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    if (key === 'notes') return [];
    if (key === 'podLine') return value('pod', 'Error', {ready: false, restarts: 1, exitCode: 1, node: 'n'});
    if (key === 'deleteAsk')
      return [
        value({cluster: 'c', provider: 'k3d', nodes: 3, labs: []}),
        value({cluster: 'c', provider: 'k3d', nodes: 1, labs: ['a', 'b']}),
      ];
    if (key === 'bundle' && typeof value === 'object')
      return [
        value.is(bundle, '7 MB'),
        ...value.saved('f', bundle, '7 MB'),
        ...value.loaded(bundle, ['k3d v5']),
        ...value.loaded(bundle, []),
      ].filter(line => !line.startsWith(' '));
    if (key === 'contextAsk')
      return [
        value({context: 'c', namespace: 'n', consented: false}),
        value({context: 'c', server: 'https://s', namespace: 'n', directory: '/d', consented: true}),
      ];
    if (typeof value === 'function') return value(...['1', 2, 3, 4].slice(0, value.length));
    return typeof value === 'string' ? value : sentencesIn(value);
  });
}

describe.each(languages)('%s', language => {
  const messages = messagesIn(language);
  test.each(Object.entries(errors))('error %s', (code, all) => {
    for (const facts of all) {
      const {what, next} = sayError(new ExpectedError(code as ErrorCode, facts), messages);
      sound(what);
      sound(next);
      expect(what).not.toBe(code);
    }
  });
  test.each(everyDiagnosis)('diagnosis $code $facts', diagnosis => {
    sound(sayDiagnosis(diagnosis, messages));
    expect(sayDiagnosis(diagnosis, messages)).not.toBe(diagnosis.code);
  });
  test.each(mismatches)('mismatch $type', mismatch => {
    sound(sayMismatch(mismatch, messages));
    expect(sayMismatch(mismatch, messages)).not.toBe(mismatch.type);
  });
  test.each(notes)('note $code', note => {
    sound(messages.words.notes(note));
  });
  test('all the rest, and the help', () => {
    for (const text of [...sentencesIn(messages.words), ...sentencesIn(helpIn(language))]) sound(text);
  });
  test('a diagnosis names its object and, where the learner can act, the field', () => {
    for (const diagnosis of everyDiagnosis.filter(one => 'object' in one && one.code !== 'scaled-replicaset'))
      expect(sayDiagnosis(diagnosis, messages)).toContain('db-1');
  });
});

test('every type of a mismatch has facts here', () => {
  expect([...new Set(mismatches.map(({type}) => type))].sort()).toEqual(
    Object.keys(messagesIn('en').mismatches).sort(),
  );
});

test.each([
  [{LC_ALL: 'ja_JP.UTF-8', LANG: 'en_US.UTF-8'}, 'ja'],
  [{LC_MESSAGES: 'ja', LANG: 'en'}, 'ja'],
  [{LANG: 'ja_JP'}, 'ja'],
  [{LC_ALL: '', LANG: 'en_GB.UTF-8'}, 'en'],
  [{LANG: 'de_DE.UTF-8'}, 'en'],
  [{LANG: 'C'}, 'en'],
])('the language of %j is %s', (env, language) => {
  expect(languageOf(env)).toBe(language);
});
