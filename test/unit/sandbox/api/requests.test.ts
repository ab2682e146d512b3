import {describe, expect, test} from 'vitest';
import {openApi} from './open-api.ts';

const status = (code: number, reason: string, message: string, details?: object) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  ...(details && {details}),
  code,
});

describe('who asks', () => {
  test.each([undefined, 'Bearer wrong', 'Bearer ', 'Basic dGhlLXRva2Vu', 'Bearer a.b.c'])(
    'nobody known is refused: %s',
    async authorization => {
      const {send} = await openApi();
      const sent = {headers: authorization === undefined ? {authorization: ''} : {authorization}};
      const {code, json} = await send('/api/v1/namespaces/lab/secrets', sent);
      expect([code, json]).toEqual([401, status(401, 'Unauthorized', 'Unauthorized')]);
    },
  );

  test.each(['/livez', '/readyz', '/healthz'])('%s is open to all', async path => {
    const {send} = await openApi();
    expect(await send(path, {headers: {authorization: ''}})).toMatchObject({code: 200, text: 'ok'});
  });

  test('the version is open to all', async () => {
    const {send} = await openApi();
    const {json} = await send('/version', {headers: {authorization: ''}});
    expect(json).toMatchObject({major: '1', minor: '35', gitVersion: 'v1.35.4'});
  });

  test('a token of a service account works until it runs out', async () => {
    const {send, clock, registry} = await openApi();
    registry.create('serviceaccounts', {metadata: {name: 'app', namespace: 'lab'}});
    const created = await send('/api/v1/namespaces/lab/serviceaccounts/app/token', {
      method: 'POST',
      body: {spec: {expirationSeconds: 600}},
    });
    const headers = {authorization: `Bearer ${created.json.status.token}`};
    const review = {method: 'POST', headers, body: {}};
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    expect((await send(path, review)).json.status.userInfo.username).toBe('system:serviceaccount:lab:app');
    const forged = {authorization: headers.authorization.replace(/\w{4}$/, 'AAAA')};
    expect((await send(path, {...review, headers: forged})).code).toBe(401);
    await clock.advance(600_000);
    expect((await send(path, review)).code).toBe(401);
  });
});

describe('paths and methods', () => {
  const unknown = status(404, 'NotFound', 'the server could not find the requested resource', {});

  test.each(['/api/v1/nope', '/api/v1/pods/x', '/apis/apps/v2', '/api/v2', '/api/v1/namespaces/lab/nodes'])(
    '%s is no resource',
    async path => {
      const {send} = await openApi();
      expect((await send(path)).json).toEqual(unknown);
    },
  );

  test.each([
    '/nope',
    '/apis/nope.io',
    '/apis/metrics.k8s.io/v1beta1/nodes',
    '/openapi/v2',
    '/../../etc/passwd',
  ])('%s is no page', async path => {
    const {send} = await openApi();
    expect(await send(path)).toMatchObject({code: 404, text: '404 page not found\n'});
  });

  test.each([
    ['POST', '/api/v1/pods'],
    ['POST', '/api/v1/namespaces/lab/pods/x'],
    ['PUT', '/api/v1/namespaces/lab/pods'],
    ['DELETE', '/api/v1/namespaces'],
    ['DELETE', '/api/v1/namespaces/lab/pods/x/status'],
    ['POST', '/version'],
  ])('%s %s is not allowed', async (method, path) => {
    const {send} = await openApi();
    expect((await send(path, {method, body: {}})).json).toEqual(
      status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {}),
    );
  });

  test('a badly escaped path is a bad request', async () => {
    const {send} = await openApi();
    expect((await send('/api/v1/namespaces/%E0%A4%A')).code).toBe(400);
  });
});

describe('bodies', () => {
  const path = '/api/v1/namespaces/lab/configmaps';
  const headers = {'content-type': 'application/json'};

  test.each([
    ['JSON', 'application/json', '{bad', /json parse error: invalid character 'b'/],
    ['YAML', 'application/yaml', 'a: [\n', /must be of type ConfigMap\): yaml: line /],
  ])('malformed %s', async (_, type, body, message) => {
    const {send} = await openApi();
    const {code, json} = await send(path, {method: 'POST', headers: {'content-type': type}, body});
    expect([code, json.reason, json.message]).toEqual([400, 'BadRequest', expect.stringMatching(message)]);
  });

  test('of a type that nobody reads', async () => {
    const {send} = await openApi();
    const {json} = await send(path, {method: 'POST', headers: {'content-type': 'text/csv'}, body: 'a,b'});
    expect(json).toMatchObject({code: 415, reason: 'UnsupportedMediaType'});
    const patch = await send(`${path}/x`, {method: 'PATCH', headers, body: '{}'});
    expect(patch.json).toEqual(status(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {}));
  });

  test.each([
    ['announced', {}],
    ['not announced', {'transfer-encoding': 'chunked'}],
  ])('too large, %s', async (_, length) => {
    const {send} = await openApi();
    const {json} = await send(path, {
      method: 'POST',
      headers: {...headers, ...length},
      body: Buffer.alloc(10_000_000, 'a'),
    });
    expect(json).toEqual(status(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728'));
  });

  test('in YAML, and answered in YAML', async () => {
    const {send} = await openApi();
    const {code, text} = await send(path, {
      method: 'POST',
      headers: {'content-type': 'application/yaml', accept: 'application/yaml'},
      body: 'metadata:\n  name: plain\ndata:\n  a: b\n',
    });
    expect([code, text]).toEqual([201, expect.stringContaining('data:\n  a: b\n')]);
  });

  test('an answer that nobody can give', async () => {
    const {send} = await openApi();
    const {json} = await send(path, {headers: {accept: 'text/csv'}});
    expect(json).toMatchObject({code: 406, reason: 'NotAcceptable'});
  });
});

test('a bug tells the client nothing but that there is one', async () => {
  const secret = '/home/somebody/secret';
  const log = () => Promise.reject(new Error(`ENOENT ${secret}`));
  const {send, reported} = await openApi({kubelets: {log} as never});
  const {code, text} = await send('/api/v1/namespaces/lab/pods/x/log');
  expect(code).toBe(500);
  expect(text).not.toContain(secret);
  expect(reported.splice(0)).toEqual([new Error(`ENOENT ${secret}`)]);
});

test('curl gets indented lines, other clients one line', async () => {
  const {send} = await openApi();
  const {text} = await send('/version', {headers: {'user-agent': 'curl/8.1'}});
  expect(text).toContain('{\n  "major": "1",\n');
  expect((await send('/version')).text.split('\n')).toHaveLength(2);
});
