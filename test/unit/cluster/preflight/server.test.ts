import {createServer} from 'node:https';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {realClock} from '../../../../src/clock.ts';
import {lookAtServer} from '../../../../src/cluster/preflight/server.ts';
import {writeKubeconfig} from '../../../../src/kube/kubeconfig.ts';
import {issueCertificates} from '../../../../src/sandbox/api/certificates.ts';
import {emptyDirectory} from '../../../helpers/directory.ts';

const signal = new AbortController().signal;
const year = 365 * 86_400_000;

/** A server with a certificate that was issued then, and with that clock; in milliseconds from now. */
async function serverWith({issued = 0, ahead = 0}: {issued?: number; ahead?: number}): Promise<string> {
  const {certificate: cert, key} = issueCertificates(realClock.now() + issued);
  const server = createServer({cert, key}, (_question, answer) => {
    answer.setHeader('date', new Date(realClock.now() + ahead).toUTCString());
    answer.writeHead(401).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `https://127.0.0.1:${(server.address() as {port: number}).port}`;
}

async function look(server: string, user: Record<string, unknown> = {}, more: object = {}) {
  const file = join(emptyDirectory(), 'kubeconfig');
  await writeKubeconfig(file, {
    'current-context': 'c',
    contexts: [{name: 'c', context: {cluster: 'c', user: 'u'}}],
    clusters: [{name: 'c', cluster: {server, ...more}}],
    users: [{name: 'u', user}],
  });
  return lookAtServer(file, realClock, signal);
}

describe('certificates', () => {
  test('of a server that is well', async () => {
    const url = await serverWith({});
    expect(await look(url)).toMatchObject({url, certificate: {state: 'valid'}});
  });
  test('of one that has expired, with the date', async () => {
    const found = await look(await serverWith({issued: -2 * year}));
    expect(found?.certificate?.state).toBe('expired');
    expect(realClock.now() - (found?.certificate?.until ?? 0)).toBeGreaterThan(0.9 * year);
  });
  test('of one whose time has not come', async () => {
    const found = await look(await serverWith({issued: year}));
    expect(found?.certificate?.state).toBe('not-yet');
  });
  test('of the user', async () => {
    const {certificate} = issueCertificates(realClock.now() - 2 * year);
    const data = {'client-certificate-data': Buffer.from(certificate).toString('base64')};
    const found = await look(await serverWith({}), data);
    expect(found).toMatchObject({certificate: {state: 'valid'}, clientCertificate: {state: 'expired'}});
  });
});

describe('the clock', () => {
  test.each([0, 90_000, -90_000])('%i ms ahead', async ahead => {
    const found = await look(await serverWith({ahead}));
    // The header tells whole seconds, and a busy machine takes its time to answer.
    expect(Math.abs((found?.ahead ?? Number.NaN) - ahead)).toBeLessThan(8_000);
  });
});

test('a server that is off shows nothing but its address', async () => {
  const url = 'https://127.0.0.1:9';
  expect(await look(url)).toEqual({url});
});
test.each([
  ['behind a proxy of the kubeconfig', 'https://127.0.0.1:9', {'proxy-url': 'http://p:1'}],
  ['without TLS', 'http://127.0.0.1:9', {}],
])('%s it is not looked at', async (_what, server, more) => {
  expect(await look(server, {}, more)).toBeUndefined();
});
test('no kubeconfig', async () => {
  expect(await lookAtServer('/nowhere', realClock, signal)).toBeUndefined();
});
