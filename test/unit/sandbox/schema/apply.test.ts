import {describe, expect, test} from 'vitest';
import type {KubeObject, Stored} from '../../../../src/sandbox/objects.ts';
import {apply} from '../../../../src/sandbox/schema/apply.ts';
import {resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {updatedBy} from '../../../../src/sandbox/schema/updated-by.ts';

const deployments = resourceTypes.get('deployments.apps');
if (!deployments) throw new Error('deployments are served');
const now = Date.parse('2026-11-21T14:47:10Z');

/** What was applied to a real cluster, in JSON, which is YAML too. */
const configuration = (edit: (spec: Spec) => void = () => {}) => {
  const object = structuredClone(base);
  edit(object.spec);
  return object;
};
const base = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'ssa', namespace: 'sch', labels: {x: '1'} as Record<string, string>},
  spec: {
    replicas: 0 as number | undefined,
    selector: {matchLabels: {a: 'b'}},
    template: {
      metadata: {labels: {a: 'b'}},
      spec: {
        containers: [
          {
            name: 'a',
            image: 'busybox:1.37',
            env: [{name: 'X', value: '1'}],
            ports: [{containerPort: 80}],
            resources: {requests: {cpu: '500m'}},
          },
        ],
      },
    },
  },
};
type Spec = typeof base.spec;

const applied = (
  live: Stored | undefined,
  config: object,
  options: {manager?: string; force?: boolean} = {},
) =>
  stored(
    apply(live, deployments, {
      body: Buffer.from(JSON.stringify(config)),
      manager: 'kubectl',
      force: false,
      now,
      ...options,
    }),
  );

/** As the registry would: what the API sets is there. */
const stored = (object: KubeObject) =>
  ({
    ...object,
    metadata: {
      ...object.metadata,
      uid: 'uid',
      resourceVersion: '1',
      creationTimestamp: '2026-11-21T14:47:10Z',
    },
  }) as Stored;

const containers = (object: Stored) =>
  (object as unknown as {spec: Spec}).spec.template.spec.containers as Record<string, unknown>[];

describe('what was applied is owned', () => {
  test('field by field, as a real cluster writes it', () => {
    expect(applied(undefined, configuration()).metadata.managedFields).toEqual([
      {
        manager: 'kubectl',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: '2026-11-21T14:47:10Z',
        fieldsType: 'FieldsV1',
        fieldsV1: JSON.parse(
          '{"f:metadata":{"f:labels":{"f:x":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:a":{}}},"f:spec":{"f:containers":{"k:{\\"name\\":\\"a\\"}":{".":{},"f:env":{"k:{\\"name\\":\\"X\\"}":{".":{},"f:name":{},"f:value":{}}},"f:image":{},"f:name":{},"f:ports":{"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{}}},"f:resources":{"f:requests":{"f:cpu":{}}}}}}}}}',
        ),
      },
    ]);
  });

  test('and applying it again changes nothing', () => {
    const live = applied(undefined, configuration());
    expect(applied(live, configuration())).toEqual(live);
  });
});

describe('what is not applied any more goes', () => {
  test('a field, an element, and the list that held it', () => {
    const live = applied(
      undefined,
      configuration(spec => {
        const [container] = spec.template.spec.containers;
        if (container) spec.template.spec.containers.push({...container, name: 'b'});
      }),
    );
    const after = applied(
      live,
      configuration(spec => {
        spec.replicas = undefined;
        delete (spec.template.spec.containers[0] as {ports?: unknown}).ports;
      }),
    );
    expect((after as unknown as {spec: object}).spec).not.toHaveProperty('replicas');
    expect(containers(after).map(({name}) => name)).toEqual(['a']);
    expect(containers(after)[0]).not.toHaveProperty('ports');
  });

  test('but not what somebody else applied too', () => {
    const live = applied(applied(undefined, configuration()), configuration(), {manager: 'other'});
    const {labels: _, ...metadata} = base.metadata;
    expect(applied(live, {...configuration(), metadata}).metadata.labels).toEqual({x: '1'});
  });

  test('nor what others added to the same list', () => {
    const live = applied(undefined, configuration());
    const withSecond = structuredClone(live);
    containers(withSecond).push({name: 'sidecar', image: 'nginx'});
    const both = stored(updatedBy(live, withSecond, deployments, {manager: 'kubectl-patch', now}));
    expect(containers(applied(both, configuration())).map(({name}) => name)).toEqual(['a', 'sidecar']);
  });
});

/** Orders that a real cluster gave: of what was live, of what was applied (by somebody else), and what came out. */
test.each([
  ['cba', 'bc', 'bac'],
  ['cba', 'ac', 'bac'],
  ['abc', 'ba', 'bca'],
  ['ab', 'cb', 'acb'],
  ['ca', 'bc', 'bca'],
])('containers %s with %s applied to them are in the order %s', (live, config, outcome) => {
  const named = (names: string) =>
    configuration(spec => {
      const [container] = spec.template.spec.containers;
      if (container) spec.template.spec.containers = [...names].map(name => ({...container, name}));
    });
  const before = applied(undefined, named(live), {manager: 'other'});
  const after = containers(applied(before, named(config)));
  expect(after.map(({name}) => name).join('')).toBe(outcome);
});

test('an element goes with what others have put into it', () => {
  const two = configuration(spec => {
    const [container] = spec.template.spec.containers;
    if (container) spec.template.spec.containers.push({...container, name: 'b'});
  });
  const live = applied(undefined, two);
  const changed = structuredClone(live);
  Object.assign(containers(changed)[1] as object, {image: 'nginx'});
  const both = stored(updatedBy(live, changed, deployments, {manager: 'kubectl-set', now}));
  expect(containers(applied(both, configuration())).map(({name}) => name)).toEqual(['a']);
});

describe('what others manage', () => {
  const scaled = () => {
    const live = applied(undefined, configuration());
    const after = {...live, spec: {...(live as unknown as {spec: Spec}).spec, replicas: 2}};
    return stored(updatedBy(live, after, deployments, {manager: 'kubectl-edit', now}));
  };

  test('is not overwritten', () => {
    expect(() => applied(scaled(), configuration())).toThrow(
      expect.objectContaining({
        code: 409,
        reason: 'Conflict',
        message:
          'Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1 at 2026-11-21T14:47:10Z: .spec.replicas',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "kubectl-edit" using apps/v1 at 2026-11-21T14:47:10Z',
              field: '.spec.replicas',
            },
          ],
        },
      }),
    );
  });

  test('is told in a list when it is more than one thing', () => {
    const live = scaled();
    const changed = structuredClone(live);
    const [container] = containers(changed);
    Object.assign(container as object, {image: 'nginx', env: [{name: 'X', value: '3'}]});
    const both = stored(updatedBy(live, changed, deployments, {manager: 'kubectl-set', now}));
    expect(() => applied(both, configuration())).toThrow(
      [
        'Apply failed with 3 conflicts: conflicts with "kubectl-edit" using apps/v1 at 2026-11-21T14:47:10Z:',
        '- .spec.replicas',
        'conflicts with "kubectl-set" using apps/v1 at 2026-11-21T14:47:10Z:',
        '- .spec.template.spec.containers[name="a"].image',
        '- .spec.template.spec.containers[name="a"].env[name="X"].value',
      ].join('\n'),
    );
  });

  test('is taken over by force', () => {
    const after = applied(scaled(), configuration(), {force: true});
    expect(after).toHaveProperty('spec.replicas', 0);
    expect(after.metadata.managedFields?.map(({manager}) => manager)).toEqual(['kubectl']);
  });

  test('can be left to them', () => {
    const after = applied(
      scaled(),
      configuration(spec => {
        spec.replicas = undefined;
      }),
    );
    expect(after).toHaveProperty('spec.replicas', 2);
  });

  test('conflicts with another apply are told without its version', () => {
    const live = applied(undefined, configuration(), {manager: 'm'});
    const other = configuration(spec => {
      spec.replicas = 1;
    });
    expect(() => applied(live, other, {manager: 'n'})).toThrow(
      'Apply failed with 1 conflict: conflict with "m": .spec.replicas',
    );
  });
});

test.each([
  ['', 'invalid object type: /, Kind='],
  [
    '[]',
    'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
  ],
  ['{"apiVersion":"apps/v1","kind":"Pod"}', 'invalid object type: apps/v1, Kind=Pod'],
  [
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"managedFields":[]}}',
    'metadata.managedFields must be nil',
  ],
  [
    '{"apiVersion":"apps/v1","kind":"Deployment","spec":{"paused":true,"paused":false}}',
    'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 1: key "paused" already set in map',
  ],
])('%j is refused', (body, message) => {
  expect(() =>
    apply(undefined, deployments, {body: Buffer.from(body), manager: 'm', force: false, now}),
  ).toThrow(expect.objectContaining({code: 400, message}));
});

test.each([
  [{foo: 1}, '.spec.foo: field not declared in schema'],
  [{replicas: '1'}, '.spec.replicas: expected numeric (int or float), got string'],
  [{template: '1'}, '.spec.template: expected map, got &{1}'],
  [{template: {spec: {containers: '1'}}}, '.spec.template.spec.containers: expected list, got &{1}'],
  [
    {template: {spec: {nodeName: 1}}},
    '.spec.template.spec.nodeName: expected string, got &value.valueUnstructured{Value:1}',
  ],
  [
    {template: {spec: {containers: [{name: 'a'}, {name: 'a'}]}}},
    '.spec.template.spec.containers: duplicate entries for key [name="a"]',
  ],
])('a spec %j does not fit', (spec, message) => {
  expect(() => applied(undefined, {...base, spec})).toThrow(
    expect.objectContaining({
      code: 500,
      message: `failed to create typed patch object (sch/ssa; apps/v1, Kind=Deployment): ${message}`,
    }),
  );
});

test('what is created is owned field by field too', () => {
  const configMaps = resourceTypes.get('configmaps');
  if (!configMaps) throw new Error('ConfigMaps are served');
  const object = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}, data: {k: 'v'}};
  const [entry] =
    updatedBy(undefined, object, configMaps, {manager: 'kubectl-create', now}).metadata?.managedFields ?? [];
  expect(entry?.fieldsV1).toEqual({'f:data': {'.': {}, 'f:k': {}}});
});
