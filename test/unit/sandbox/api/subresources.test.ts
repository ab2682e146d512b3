import {describe, expect, test} from 'vitest';
import type {Kubelets, LogRequest} from '../../../../src/sandbox/kubelet/kubelets.ts';
import {openApi} from './open-api.ts';

const deployments = '/apis/apps/v1/namespaces/lab/deployments';
const deployment = {
  metadata: {name: 'web'},
  spec: {
    replicas: 2,
    selector: {matchLabels: {app: 'web'}},
    template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]}},
  },
};
const merge = {'content-type': 'application/merge-patch+json'};

async function openWithDeployment() {
  const api = await openApi();
  await api.send(deployments, {method: 'POST', body: deployment});
  return {...api, scale: `${deployments}/web/scale`};
}

async function openWithPod(kubelets: Partial<Kubelets> = {}) {
  const api = await openApi({kubelets: kubelets as Kubelets});
  api.registry.create('serviceaccounts', {metadata: {name: 'default', namespace: 'lab'}});
  api.registry.create('pods', {
    metadata: {name: 'web', namespace: 'lab'},
    spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]},
  });
  return {...api, pod: '/api/v1/namespaces/lab/pods/web'};
}

describe('scale', () => {
  test('is the same for all that can be scaled', async () => {
    const {send, scale} = await openWithDeployment();
    const {json} = await send(scale);
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: {name: 'web', namespace: 'lab'},
      spec: {replicas: 2},
      status: {replicas: 0, selector: 'app=web'},
    });
  });

  test.each([
    ['PATCH', merge, {spec: {replicas: 5}}],
    ['PUT', {}, {metadata: {name: 'web'}, spec: {replicas: 5}}],
  ])('%s changes the replicas and nothing else', async (method, headers, body) => {
    const {send, scale, registry} = await openWithDeployment();
    const before = registry.get('deployments.apps', 'lab', 'web');
    expect((await send(scale, {method, headers, body})).json.spec).toEqual({replicas: 5});
    const after = registry.get('deployments.apps', 'lab', 'web');
    expect(after?.spec).toEqual({...before?.spec, replicas: 5});
  });

  test('makes the number the property of who scaled, for server-side apply', async () => {
    const {send, scale, registry} = await openWithDeployment();
    const path = `${scale}?fieldManager=kubectl`;
    await send(path, {method: 'PATCH', headers: merge, body: {spec: {replicas: 5}}});
    const fields = registry.get('deployments.apps', 'lab', 'web')?.metadata.managedFields;
    expect(fields?.filter(({subresource}) => subresource === 'scale')).toMatchObject([
      {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'apps/v1',
        fieldsV1: {'f:spec': {'f:replicas': {}}},
      },
    ]);
  });

  test('refuses what cannot be', async () => {
    const {send, scale} = await openWithDeployment();
    const {code, json} = await send(scale, {method: 'PATCH', headers: merge, body: {spec: {replicas: -1}}});
    expect([code, json.message]).toEqual([
      422,
      'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ]);
    const stale = {metadata: {name: 'web', resourceVersion: '1'}, spec: {replicas: 1}};
    expect((await send(scale, {method: 'PUT', body: stale})).code).toBe(409);
    expect((await send(`${deployments}/nope/scale`)).json.message).toBe('deployments.apps "nope" not found');
  });
});

describe('log', () => {
  /** What the kubelet was asked. */
  const asked = async (query: string) => {
    let request: LogRequest | undefined;
    const {send, pod} = await openWithPod({
      async log(one) {
        request = one;
        return (async function* () {
          yield Buffer.from('ready\n');
        })();
      },
    });
    const {text, headers} = await send(`${pod}/log?${query}`);
    expect([text, headers['content-type']]).toEqual(['ready\n', 'text/plain']);
    const {signal: _, ...rest} = request ?? ({} as LogRequest);
    return rest;
  };

  test('is what the kubelet has', async () => {
    expect(await asked('')).toEqual({
      namespace: 'lab',
      pod: 'web',
      previous: false,
      follow: false,
      timestamps: false,
    });
    expect(await asked('container=nginx&previous=true&tailLines=5&sinceSeconds=60&timestamps=true')).toEqual({
      namespace: 'lab',
      pod: 'web',
      container: 'nginx',
      previous: true,
      follow: false,
      timestamps: true,
      tailLines: 5,
      since: Date.parse('2026-11-21T11:59:00Z'),
    });
  });

  test('follows until the client is gone', async () => {
    const {promise: stopped, resolve} = Promise.withResolvers<void>();
    const {open, pod} = await openWithPod({
      log: async ({signal}) =>
        (async function* () {
          yield Buffer.from('first\n');
          await new Promise(gone => signal.addEventListener('abort', gone));
          resolve();
        })(),
    });
    const response = await open(`${pod}/log?follow=true`);
    for await (const chunk of response) {
      expect(String(chunk)).toBe('first\n');
      break;
    }
    await stopped;
  });

  test.each([
    ['tailLines=-2', 422, /tailLines: Invalid value: -2: must be greater than or equal to 0$/],
    ['tailLines=a', 400, /^strconv.ParseInt: parsing "a": invalid syntax$/],
  ])('refuses %s', async (query, code, message) => {
    const {send, pod} = await openWithPod();
    const {json} = await send(`${pod}/log?${query}`);
    expect([json.code, json.message]).toEqual([code, expect.stringMatching(message)]);
  });
});

describe('binding', () => {
  const bind = {method: 'POST', body: {metadata: {name: 'web'}, target: {kind: 'Node', name: 'agent-0'}}};

  test('gives a Pod to a node, once', async () => {
    const {send, pod, registry} = await openWithPod();
    expect((await send(`${pod}/binding`, bind)).code).toBe(201);
    expect(registry.get('pods', 'lab', 'web')).toMatchObject({
      spec: {nodeName: 'agent-0'},
      status: {conditions: [{type: 'PodScheduled', status: 'True'}]},
    });
    expect((await send(`${pod}/binding`, bind)).json.message).toBe(
      'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "agent-0"',
    );
  });
});

describe('eviction', () => {
  test('deletes the Pod', async () => {
    const {send, pod, registry} = await openWithPod();
    const body = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'web'}};
    expect((await send(`${pod}/eviction`, {method: 'POST', body})).code).toBe(201);
    expect(registry.get('pods', 'lab', 'web')).toBeUndefined();
  });

  test('is for the Pod of the URL', async () => {
    const {send, pod} = await openWithPod();
    const body = {metadata: {name: 'other'}};
    expect((await send(`${pod}/eviction`, {method: 'POST', body})).code).toBe(400);
  });
});

test('debugging a Pod with a container of its own is refused in words', async () => {
  const {send, pod} = await openWithPod();
  const body = {spec: {ephemeralContainers: [{name: 'debugger', image: 'busybox:1.37'}]}};
  const headers = {'content-type': 'application/strategic-merge-patch+json'};
  const {code, json} = await send(`${pod}/ephemeralcontainers`, {method: 'PATCH', headers, body});
  expect([code, json.message]).toEqual([
    403,
    'pods "web" is forbidden: the sandbox does not simulate ephemeral containers',
  ]);
});

test('an eviction that a budget forbids says which', async () => {
  const {send, pod, registry} = await openWithPod();
  registry.create('poddisruptionbudgets.policy', {
    metadata: {namespace: 'lab', name: 'all'},
    spec: {maxUnavailable: 0, selector: {}},
  });
  const runs = (draft: {status?: object}) => void Object.assign(draft, {status: {phase: 'Running'}});
  registry.change('pods', {namespace: 'lab', name: 'web'}, runs, {subresource: 'status'});
  const body = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'web'}};
  const {code, json} = await send(`${pod}/eviction`, {method: 'POST', body});
  expect(code).toBe(429);
  // No field of the Pod is to blame: Go leaves an empty one out.
  expect(json.details.causes).toEqual([{reason: 'DisruptionBudget', message: expect.any(String)}]);
});

describe('streams', () => {
  test.each(['exec?command=ls', 'attach', 'portforward'])('%s needs an upgrade', async path => {
    const {send, pod} = await openWithPod();
    expect((await send(`${pod}/${path}`, {method: 'POST'})).json.message).toBe('Upgrade request required');
  });
});

test('a namespace loses its finalizers by a subresource of its own', async () => {
  const {send, registry} = await openApi();
  const body = {metadata: {name: 'lab'}, spec: {finalizers: []}};
  expect((await send('/api/v1/namespaces/lab/finalize', {method: 'PUT', body})).code).toBe(200);
  expect(registry.get('namespaces', undefined, 'lab')?.spec?.finalizers ?? []).toEqual([]);
});

test('everything is allowed', async () => {
  const {send} = await openApi();
  const body = {spec: {resourceAttributes: {verb: 'delete', resource: 'nodes'}}};
  const {code, json} = await send('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    method: 'POST',
    body,
  });
  expect([code, json.status]).toEqual([201, {allowed: true}]);
});
