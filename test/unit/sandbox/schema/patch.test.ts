import {describe, expect, test} from 'vitest';
import type {Stored} from '../../../../src/sandbox/objects.ts';
import type {FieldValidation} from '../../../../src/sandbox/schema/decode.ts';
import {type PatchType, patch} from '../../../../src/sandbox/schema/patch.ts';
import {StatusError} from '../../../../src/sandbox/status-error.ts';
import recorded from './patch.answers.json' with {type: 'json'};

const deployment = {group: 'apps', version: 'v1', kind: 'Deployment'};
const before = recorded.before as unknown as Stored;
const strategic = 'application/strategic-merge-patch+json';

/** A patch that a real cluster was sent, and the error or the warnings it answered with. */
interface Answer {
  mediaType: string;
  validation: string;
  body: string;
  code?: number;
  message?: string;
  warnings?: string[];
}

describe('what a real cluster answered to', () => {
  test.each(recorded.answers as Answer[])('$mediaType $body', ({mediaType, validation, body, ...answer}) => {
    expect(answerTo(mediaType as PatchType, body, validation as FieldValidation)).toEqual({
      code: answer.code,
      message: answer.message,
      warnings: answer.warnings ?? [],
    });
  });
});

function answerTo(mediaType: PatchType, body: string, validation: FieldValidation) {
  try {
    const {warnings} = patch(before, deployment, mediaType, Buffer.from(body), validation);
    return {code: undefined, message: undefined, warnings};
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    // An object is shown in another order than Go's.
    const message = error.message.replace(/Invalid value: "\{.*\}": /, 'Invalid value: <OBJ>: ');
    return {code: error.code, message, warnings: []};
  }
}

test('the object is left as it was', () => {
  const copy = structuredClone(before);
  for (const {mediaType, body} of recorded.answers) answerTo(mediaType as PatchType, body, 'Ignore');
  expect(before).toEqual(copy);
});

describe('a strategic merge patch', () => {
  const podSpec = (spec: object, change: object): Record<string, unknown> => {
    const object = {...before, spec: {...(before as {spec?: object}).spec, template: {spec}}};
    const body = Buffer.from(JSON.stringify({spec: {template: {spec: change}}}));
    const {object: after} = patch(object, deployment, strategic, body, 'Strict');
    return (after as {spec: {template: {spec: Record<string, unknown>}}}).spec.template.spec;
  };
  const names = (list: unknown) => (list as {name: string}[]).map(({name}) => name);

  test('merges containers by name, and theirs by their own keys', () => {
    const port = {containerPort: 80, name: 'http', protocol: 'TCP'};
    const env = [
      {name: 'A', value: '1'},
      {name: 'B', value: '2'},
    ];
    const spec = {containers: [{name: 'web', image: 'nginx:1', ports: [port], env, args: ['x']}]};
    const change = {
      containers: [
        {
          name: 'web',
          image: 'nginx:2',
          args: ['y'],
          ports: [{containerPort: 80, name: 'web'}],
          env: [{name: 'B', value: '3'}],
        },
      ],
    };
    expect(podSpec(spec, change).containers).toEqual([
      {
        name: 'web',
        image: 'nginx:2',
        args: ['y'],
        ports: [{...port, name: 'web'}],
        // New and changed elements come where the patch has them; others stay before those that they stood before.
        env: [
          {name: 'A', value: '1'},
          {name: 'B', value: '3'},
        ],
      },
    ]);
  });

  test('puts new elements first, as kubectl set does', () => {
    const spec = {containers: [{name: 'a'}, {name: 'b'}]};
    expect(names(podSpec(spec, {containers: [{name: 'c'}]}).containers)).toEqual(['c', 'a', 'b']);
  });

  test('keeps the order that it is told', () => {
    const spec = {containers: [{name: 'a'}, {name: 'b'}, {name: 'c'}]};
    const change = {'$setElementOrder/containers': [{name: 'c'}, {name: 'a'}]};
    expect(names(podSpec(spec, change).containers)).toEqual(['b', 'c', 'a']);
  });

  test('takes elements and values away', () => {
    const spec = {containers: [{name: 'a'}, {name: 'b'}], volumes: [{name: 'v', emptyDir: {}}]};
    const change = {containers: [{name: 'a', $patch: 'delete'}], volumes: null};
    expect(podSpec(spec, change)).toEqual({containers: [{name: 'b'}]});
  });

  test('replaces a list when it is told to', () => {
    const spec = {tolerations: [{key: 'a'}], volumes: [{name: 'v', emptyDir: {}}]};
    const change = {tolerations: [{key: 'b'}], volumes: [{$patch: 'replace'}, {name: 'w', emptyDir: {}}]};
    expect(podSpec(spec, change)).toEqual({
      tolerations: [{key: 'b'}],
      volumes: [{name: 'w', emptyDir: {}}],
    });
  });

  test('keeps only the keys of a volume that it retains', () => {
    const spec = {volumes: [{name: 'data', emptyDir: {}}]};
    const change = {
      volumes: [{name: 'data', $retainKeys: ['name', 'hostPath'], hostPath: {path: '/data'}}],
    };
    expect(podSpec(spec, change).volumes).toEqual([{name: 'data', hostPath: {path: '/data'}}]);
  });

  test('adds and removes finalizers one by one', () => {
    const object = {...before, metadata: {...before.metadata, finalizers: ['x/a', 'x/b']}};
    const body = {metadata: {finalizers: ['x/c'], '$deleteFromPrimitiveList/finalizers': ['x/a']}};
    const {object: after} = patch(object, deployment, strategic, Buffer.from(JSON.stringify(body)), 'Strict');
    expect(after.metadata?.finalizers).toEqual(['x/c', 'x/b']);
  });

  test('merges labels, and removes the null ones', () => {
    const object = {...before, metadata: {...before.metadata, labels: {a: '1', b: '2'}}};
    const body = Buffer.from('{"metadata":{"labels":{"a":null,"c":"3"}}}');
    expect(patch(object, deployment, strategic, body, 'Strict').object.metadata?.labels).toEqual({
      b: '2',
      c: '3',
    });
  });
});

test('a merge patch replaces lists', () => {
  const body = Buffer.from('{"spec":{"template":{"spec":{"containers":[{"name":"b","image":"x"}]}}}}');
  const {object} = patch(before, deployment, 'application/merge-patch+json', body, 'Strict');
  expect(object).toHaveProperty('spec.template.spec.containers', [{name: 'b', image: 'x'}]);
});

test('a JSON patch can count from the end, and replace what is not there', () => {
  const body = [
    {op: 'replace', path: '/metadata/labels', value: {a: 'b'}},
    {op: 'add', path: '/spec/template/spec/containers/-', value: {name: 'b'}},
    {op: 'remove', path: '/spec/template/spec/containers/-2'},
  ];
  const json = Buffer.from(JSON.stringify(body));
  const {object} = patch(before, deployment, 'application/json-patch+json', json, 'Strict');
  expect(object).toHaveProperty('metadata.labels', {a: 'b'});
  expect(object).toHaveProperty('spec.template.spec.containers', [{name: 'b'}]);
});
