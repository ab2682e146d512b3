import {describe, expect, test} from 'vitest';
import {decode, type FieldValidation} from '../../../../src/sandbox/schema/decode.ts';
import {StatusError} from '../../../../src/sandbox/status-error.ts';
import answers from './decode.answers.json' with {type: 'json'};

const kinds = {
  Pod: {group: '', version: 'v1', kind: 'Pod'},
  Secret: {group: '', version: 'v1', kind: 'Secret'},
  Deployment: {group: 'apps', version: 'v1', kind: 'Deployment'},
};

/** A request that a real cluster was sent, and the error or the warnings it answered with. */
interface Answer {
  body: string;
  mediaType: string;
  kind: string;
  validation: string;
  message?: string;
  warnings?: string[];
}

describe('what a real cluster answered to', () => {
  test.each(answers as Answer[])('$validation: $body', ({body, mediaType, kind, validation, ...answer}) => {
    expect(answerTo(body, mediaType, kind as keyof typeof kinds, validation as FieldValidation)).toEqual({
      message: answer.message,
      warnings: answer.warnings ?? [],
    });
  });
});

function answerTo(body: string, mediaType: string, kind: keyof typeof kinds, validation: FieldValidation) {
  try {
    return {message: undefined, ...pick(decode(Buffer.from(body), mediaType, kinds[kind], validation))};
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    expect(error).toMatchObject({code: 400, reason: 'BadRequest'});
    return {message: error.message, warnings: []};
  }
}

const pick = ({warnings}: {warnings: string[]}) => ({warnings});

const pod = (spec: object, metadata: object = {}) => {
  const body = JSON.stringify({metadata: {name: 'web', ...metadata}, spec});
  return decode(Buffer.from(body), undefined, kinds.Pod, 'Strict').object;
};

test('the kind is filled in, nulls are left out', () => {
  expect(pod({nodeName: null})).toEqual({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web'}, spec: {}});
});

test('unknown fields are dropped when that is asked for', () => {
  const body = Buffer.from('{"metadata":{"name":"web"},"spec":{"containerz":[]}}');
  expect(decode(body, undefined, kinds.Pod, 'Ignore')).toMatchObject({object: {spec: {}}, warnings: []});
});

test('what Go leaves out because it is empty is not kept, what it has a pointer to is', () => {
  const container = {name: 'web', args: [], tty: false, securityContext: {privileged: false}};
  expect(
    pod({hostNetwork: false, nodeName: '', shareProcessNamespace: false, containers: [container]}),
  ).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'web'},
    spec: {shareProcessNamespace: false, containers: [{name: 'web', securityContext: {privileged: false}}]},
  });
});

test('amounts are written as Kubernetes writes them', () => {
  const resources = {requests: {cpu: '0.5', memory: '1024Mi'}, limits: {cpu: 2, memory: '0.0001'}};
  expect(pod({containers: [{name: 'web', resources}]})).toHaveProperty('spec.containers[0].resources', {
    requests: {cpu: '500m', memory: '1Gi'},
    limits: {cpu: '2', memory: '1m'},
  });
});

test('times are in UTC and whole seconds', () => {
  const {metadata} = pod({}, {creationTimestamp: '2026-11-21T16:47:10.9+02:00'});
  expect(metadata?.creationTimestamp).toBe('2026-11-21T14:47:10Z');
});

test('times of leases keep their microseconds', () => {
  const body = Buffer.from(
    '{"metadata":{"name":"node"},"spec":{"renewTime":"2026-11-21T16:47:10.123456+02:00"}}',
  );
  const lease = decode(
    body,
    undefined,
    {group: 'coordination.k8s.io', version: 'v1', kind: 'Lease'},
    'Strict',
  );
  expect(lease.object).toHaveProperty('spec.renewTime', '2026-11-21T14:47:10.123456Z');
});

test('a day that no month has is out of range', () => {
  expect(() => pod({}, {creationTimestamp: '2026-02-30T00:00:00Z'})).toThrow(
    'Pod in version "v1" cannot be handled as a Pod: parsing time "2026-02-30T00:00:00Z": day out of range',
  );
});

test('base64 loses its line breaks', () => {
  const secret = decode(Buffer.from('{"data":{"key":"aGVs\\nbG8="}}'), undefined, kinds.Secret, 'Strict');
  expect(secret.object).toHaveProperty('data.key', 'aGVsbG8=');
});

test('YAML is read as version 1.1', () => {
  const yaml =
    'metadata: {name: web}\nspec:\n  hostNetwork: on\n  volumes:\n  - {name: v, secret: {defaultMode: 0400}}\n';
  const {object} = decode(Buffer.from(yaml), 'application/yaml', kinds.Pod, 'Strict');
  expect(object).toMatchObject({spec: {hostNetwork: true, volumes: [{secret: {defaultMode: 256}}]}});
});

test('a key named __proto__ is a key like any other', () => {
  const {metadata} = pod({}, {labels: JSON.parse('{"__proto__":"x"}') as object});
  expect(Object.entries(metadata?.labels ?? {})).toEqual([['__proto__', 'x']]);
});

test.each([
  ['JSON', 'application/json', `${'['.repeat(100_000)}`],
  ['YAML with aliases of aliases', 'application/yaml', aliases(30)],
])('%s that would take the process down is refused', (_, mediaType, body) => {
  expect(() => decode(Buffer.from(body), mediaType, kinds.Pod, 'Strict')).toThrow(
    expect.objectContaining({code: 400}),
  );
});

/** Ten times as much with every line. */
function aliases(lines: number): string {
  const more = Array.from({length: lines}, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]\n`);
  return `a0: &a0 x\n${more.join('')}`;
}

test('a body in another format is refused', () => {
  expect(() => decode(Buffer.from('x'), 'text/plain', kinds.Pod, 'Strict')).toThrow(
    expect.objectContaining({code: 415, reason: 'UnsupportedMediaType'}),
  );
});
