import {describe, expect, test} from 'vitest';
import {openApi} from './open-api.ts';

const configMaps = '/api/v1/namespaces/lab/configmaps';
const deployments = '/apis/apps/v1/namespaces/lab/deployments';
const deployment = {
  metadata: {name: 'web'},
  spec: {
    replicas: 2,
    selector: {matchLabels: {app: 'web'}},
    template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]}},
  },
};

describe('create', () => {
  test('stores the object, with its writer as the owner of its fields', async () => {
    const {send, registry} = await openApi();
    const {code, json} = await send(configMaps, {
      method: 'POST',
      headers: {'user-agent': 'kubectl/v1.35.4'},
      body: {metadata: {name: 'one'}, data: {a: 'b'}},
    });
    expect([code, json]).toEqual([201, registry.get('configmaps', 'lab', 'one')]);
    expect(json.metadata.managedFields).toMatchObject([{manager: 'kubectl', operation: 'Update'}]);
  });

  test('tries it out only', async () => {
    const {send, registry} = await openApi();
    const sent = {method: 'POST', body: {metadata: {name: 'one'}}};
    expect((await send(`${configMaps}?dryRun=All`, sent)).code).toBe(201);
    expect(registry.get('configmaps', 'lab', 'one')).toBeUndefined();
  });

  test('warns of fields that are not known, or refuses them', async () => {
    const {send} = await openApi();
    const body = {metadata: {name: 'one'}, dato: {a: 'b'}};
    const warned = await send(configMaps, {method: 'POST', body});
    expect([warned.code, warned.headers.warning]).toEqual([201, '299 - "unknown field \\"dato\\""']);
    const {code, json} = await send(`${configMaps}?fieldValidation=Strict`, {method: 'POST', body});
    expect([code, json.message]).toEqual([
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dato"',
    ]);
  });

  test.each([
    ['dryRun=some', 'dryRun: Unsupported value: ["some"]: supported values: "All"'],
    [
      'fieldValidation=Loose',
      'fieldValidation: Unsupported value: "Loose": supported values: "", "Ignore", "Strict", "Warn"',
    ],
    [`fieldManager=${'m'.repeat(129)}`, 'fieldManager: Too long: may not be more than 128 bytes'],
  ])('refuses the option %s', async (query, why) => {
    const {send} = await openApi();
    const {code, json} = await send(`${configMaps}?${query}`, {method: 'POST', body: {}});
    expect([code, json.message]).toEqual([422, `CreateOptions.meta.k8s.io "" is invalid: ${why}`]);
  });

  test('refuses another namespace than the URL names', async () => {
    const {send} = await openApi();
    const {code, json} = await send(configMaps, {
      method: 'POST',
      body: {metadata: {name: 'one', namespace: 'default'}},
    });
    expect([code, json.message]).toEqual([
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ]);
  });

  test('is told when it is on disk', async () => {
    const {send, registry} = await openApi();
    let onDisk = false;
    const {durable} = registry;
    registry.durable = async () => {
      await durable();
      onDisk = true;
    };
    await send(configMaps, {method: 'POST', body: {metadata: {name: 'one'}}});
    expect(onDisk).toBe(true);
  });
});

describe('update', () => {
  test('needs the newest version', async () => {
    const {send, configMap} = await openApi();
    const {metadata} = configMap('one');
    const body = {metadata: {name: 'one', resourceVersion: metadata.resourceVersion}, data: {a: 'b'}};
    expect((await send(`${configMaps}/one`, {method: 'PUT', body})).json.data).toEqual({a: 'b'});
    const {code, json} = await send(`${configMaps}/one`, {method: 'PUT', body});
    expect([code, json.reason]).toEqual([409, 'Conflict']);
  });

  test.each([
    [{name: 'two'}, 'the name of the object (two) does not match the name on the URL (one)'],
    [{}, 'the name of the object (one based on URL) was undeterminable: name must be provided'],
  ])('needs the name of the URL: %j', async (metadata, message) => {
    const {send, configMap} = await openApi();
    configMap('one');
    const {code, json} = await send(`${configMaps}/one`, {method: 'PUT', body: {metadata}});
    expect([code, json.message]).toEqual([400, message]);
  });

  test('of the status leaves the rest alone', async () => {
    const {send} = await openApi();
    await send(deployments, {method: 'POST', body: deployment});
    const body = {...deployment, spec: {...deployment.spec, replicas: 9}, status: {replicas: 1}};
    const {json} = await send(`${deployments}/web/status`, {method: 'PUT', body});
    expect([json.spec.replicas, json.status.replicas]).toEqual([2, 1]);
  });
});

describe('patch', () => {
  const patches = [
    ['application/json-patch+json', [{op: 'add', path: '/data/c', value: 'd'}]],
    ['application/merge-patch+json', {data: {c: 'd'}}],
    ['application/strategic-merge-patch+json', {data: {c: 'd'}}],
  ] as const;

  test.each(patches)('%s', async (type, body) => {
    const {send, configMap} = await openApi();
    configMap('one', {data: {a: 'b'}});
    const headers = {'content-type': type};
    const {code, json} = await send(`${configMaps}/one`, {method: 'PATCH', headers, body});
    expect([code, json.data]).toEqual([200, {a: 'b', c: 'd'}]);
  });

  test('by many at once loses none', async () => {
    const {send, configMap, registry} = await openApi();
    configMap('one');
    const headers = {'content-type': 'application/merge-patch+json'};
    const keys = Array.from({length: 20}, (_, index) => `key-${index}`);
    await Promise.all(
      keys.map(key => send(`${configMaps}/one`, {method: 'PATCH', headers, body: {data: {[key]: 'set'}}})),
    );
    expect(Object.keys(registry.get('configmaps', 'lab', 'one')?.data ?? {}).sort()).toEqual(keys.sort());
  });

  const apply = {'content-type': 'application/apply-patch+yaml'};
  const applied = (value: string) => ({
    method: 'PATCH',
    headers: apply,
    body: JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'one'}, data: {a: value}}),
  });

  test('apply creates, then changes; what another manages is a conflict until it is forced', async () => {
    const {send} = await openApi();
    const path = `${configMaps}/one?fieldManager`;
    expect((await send(`${path}=me`, applied('b'))).code).toBe(201);
    expect((await send(`${path}=me`, applied('c'))).json.data).toEqual({a: 'c'});
    expect((await send(`${path}=you`, applied('d'))).json).toMatchObject({code: 409, reason: 'Conflict'});
    expect((await send(`${path}=you&force=true`, applied('d'))).json.data).toEqual({a: 'd'});
  });

  test('apply needs a manager, and only apply can be forced', async () => {
    const {send} = await openApi();
    const one = `${configMaps}/one`;
    expect((await send(one, applied('b'))).json.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
    const merge = {method: 'PATCH', headers: {'content-type': 'application/merge-patch+json'}, body: {}};
    expect((await send(`${one}?force=true`, merge)).json.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    );
  });
});

describe('delete', () => {
  test('answers with a Status, or for some resources with the object', async () => {
    const {send, configMap, registry} = await openApi();
    const {uid} = configMap('one').metadata;
    registry.create('serviceaccounts', {metadata: {name: 'app', namespace: 'lab'}});
    expect((await send(`${configMaps}/one`, {method: 'DELETE'})).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {name: 'one', kind: 'configmaps', uid},
    });
    const {json} = await send('/api/v1/namespaces/lab/serviceaccounts/app', {method: 'DELETE'});
    expect(json.kind).toBe('ServiceAccount');
  });

  test('shows what a finalizer still holds', async () => {
    const {send, configMap, registry} = await openApi();
    configMap('one', {metadata: {finalizers: ['lab.dev/hold']}});
    const {json} = await send(`${configMaps}/one`, {method: 'DELETE'});
    expect(json.metadata.deletionTimestamp).toBeDefined();
    expect(registry.get('configmaps', 'lab', 'one')).toEqual(json);
  });

  test.each([
    ['in the body', '', {kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Foreground'}],
    ['in the query', '?propagationPolicy=Foreground', undefined],
  ])('takes its options %s', async (_, query, body) => {
    const {send} = await openApi();
    await send(deployments, {method: 'POST', body: deployment});
    const {json} = await send(`${deployments}/web${query}`, {method: 'DELETE', ...(body && {body})});
    expect(json.metadata.finalizers).toEqual(['foregroundDeletion']);
  });

  test('keeps what has another UID than the one that is meant', async () => {
    const {send, configMap, registry} = await openApi();
    configMap('one');
    const body = {preconditions: {uid: 'another'}};
    expect((await send(`${configMaps}/one`, {method: 'DELETE', body})).code).toBe(409);
    expect(registry.get('configmaps', 'lab', 'one')).toBeDefined();
  });

  test('of a collection takes what is selected', async () => {
    const {send, configMap, registry} = await openApi();
    configMap('one', {metadata: {labels: {app: 'web'}}});
    configMap('two');
    const {json} = await send(`${configMaps}?labelSelector=app%3Dweb`, {method: 'DELETE'});
    expect(json.items.map(({metadata}: {metadata: {name: string}}) => metadata.name)).toEqual(['one']);
    expect(registry.list('configmaps', 'lab').map(({metadata}) => metadata.name)).toEqual(['two']);
  });
});

describe('list', () => {
  test('of Endpoints warns that they are deprecated', async () => {
    const {send} = await openApi();
    expect((await send('/api/v1/namespaces/lab/endpoints')).headers.warning).toBe(
      '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
    );
    expect((await send('/api/v1/namespaces/lab/pods')).headers.warning).toBeUndefined();
  });

  test('comes in pages that together are all, each once', async () => {
    const {send, configMap} = await openApi();
    for (const name of ['a', 'b', 'c', 'd', 'e']) configMap(name);
    const names: string[] = [];
    const sizes: (number | undefined)[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const {
        json,
      }: {
        json: {
          metadata: {continue?: string; remainingItemCount?: number};
          items: {metadata: {name: string}}[];
        };
      } = await send(`${configMaps}?limit=2&continue=${token}`);
      names.push(...json.items.map(({metadata}) => metadata.name));
      sizes.push(json.metadata.remainingItemCount);
      token = json.metadata.continue;
    }
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(sizes).toEqual([3, 1, undefined]);
  });

  test('keeps the first page’s version, from which a watch misses nothing', async () => {
    const {send, configMap} = await openApi();
    for (const name of ['a', 'b', 'c']) configMap(name);
    const first = await send(`${configMaps}?limit=1`);
    configMap('aa');
    const second = await send(`${configMaps}?limit=5&continue=${first.json.metadata.continue}`);
    expect(second.json.metadata.resourceVersion).toBe(first.json.metadata.resourceVersion);
    expect(second.json.items).toHaveLength(3);
  });

  test.each([
    ['limit=abc', 'strconv.ParseInt: parsing "abc": invalid syntax'],
    [
      'fieldSelector=spec.x%3Da',
      '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['labelSelector=a%20in%20x', "unable to parse requirement: found 'x' expected: '('"],
    ['limit=1&continue=zzz', 'invalid continue token: continue key is not valid'],
  ])('refuses %s', async (query, message) => {
    const {send} = await openApi();
    const {code, json} = await send(`${configMaps}?${query}`);
    expect([code, json.message]).toEqual([400, message]);
  });

  test('shows a table to who wants one, with as much of the objects as asked for', async () => {
    const {send, configMap} = await openApi();
    configMap('one', {data: {a: 'b'}});
    const headers = {accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'};
    const rows = async (query: string) => (await send(`${configMaps}${query}`, {headers})).json.rows;
    expect(await rows('')).toMatchObject([
      {cells: ['one', 1, '0s'], object: {kind: 'PartialObjectMetadata'}},
    ]);
    expect(await rows('?includeObject=Object')).toMatchObject([
      {object: {kind: 'ConfigMap', data: {a: 'b'}}},
    ]);
    expect(await rows('?includeObject=None')).toEqual([{cells: ['one', 1, '0s'], object: null}]);
  });

  test('shows only metadata to who wants no more', async () => {
    const {send, configMap} = await openApi();
    configMap('one', {data: {a: 'b'}});
    const headers = {accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io'};
    const {json} = await send(configMaps, {headers});
    expect(json).toMatchObject({kind: 'PartialObjectMetadataList', items: [{metadata: {name: 'one'}}]});
    expect(json.items[0].data).toBeUndefined();
  });

  test('shows events in both of their groups', async () => {
    const {send} = await openApi();
    const event = {
      metadata: {name: 'e'},
      involvedObject: {kind: 'Pod', name: 'web', namespace: 'lab'},
      message: 'pulled',
      reason: 'Pulled',
      type: 'Normal',
    };
    await send('/api/v1/namespaces/lab/events', {method: 'POST', body: event});
    const {json} = await send('/apis/events.k8s.io/v1/namespaces/lab/events');
    expect(json).toMatchObject({
      kind: 'EventList',
      apiVersion: 'events.k8s.io/v1',
      items: [{note: 'pulled', regarding: {name: 'web'}}],
    });
  });
});
