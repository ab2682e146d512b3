import {X509Certificate} from 'node:crypto';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {keepCredentials, kubeconfig} from '../../../../src/sandbox/api/credentials.ts';
import {temporaryDirectory} from '../temporary-directory.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const day = 24 * 3_600_000;

describe('credentials', () => {
  test('the server certificate is by the authority, for the names that clients use', async () => {
    const {authority, certificate} = await keepCredentials(temporaryDirectory(), now);
    const [issuer, server] = [new X509Certificate(authority), new X509Certificate(certificate)];
    expect(server.verify(issuer.publicKey)).toBe(true);
    expect(server.checkIssued(issuer)).toBe(true);
    expect([issuer.ca, server.ca]).toEqual([true, false]);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
    expect(server.checkHost('example.org')).toBeUndefined();
    expect(Date.parse(server.validFrom)).toBeLessThan(now);
    expect(Date.parse(server.validTo)).toBe(now + 365 * day);
  });

  test('are made once, in a file that only its owner reads', async () => {
    const directory = temporaryDirectory();
    const first = await keepCredentials(directory, now);
    expect(await keepCredentials(directory, now + 300 * day)).toEqual(first);
    expect(statSync(join(directory, 'credentials.json')).mode & 0o777).toBe(0o600);
  });

  test('are renewed before they run out; the token stays', async () => {
    const directory = temporaryDirectory();
    const first = await keepCredentials(directory, now);
    const later = await keepCredentials(directory, now + 360 * day);
    expect(later.token).toBe(first.token);
    expect(Date.parse(new X509Certificate(later.certificate).validTo)).toBe(now + 725 * day);
  });

  test('a file that is cut off is replaced', async () => {
    const directory = temporaryDirectory();
    await keepCredentials(directory, now);
    const file = join(directory, 'credentials.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    expect((await keepCredentials(directory, now)).token).toMatch(/^[\w-]{43}$/);
  });

  test('no two directories have the same token', async () => {
    const tokens = [temporaryDirectory(), temporaryDirectory()].map(directory =>
      keepCredentials(directory, now),
    );
    const [one, other] = await Promise.all(tokens);
    expect(one?.token).not.toBe(other?.token);
  });
});

test('the kubeconfig leads to the server, as its current context', async () => {
  const credentials = await keepCredentials(temporaryDirectory(), now);
  expect(parse(kubeconfig(credentials, 6443, 'sandbox-lab'))).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'sandbox-lab',
    contexts: [{name: 'sandbox-lab', context: {cluster: 'sandbox-lab', user: 'sandbox-lab'}}],
    clusters: [
      {
        name: 'sandbox-lab',
        cluster: {
          server: 'https://127.0.0.1:6443',
          'certificate-authority-data': Buffer.from(credentials.authority).toString('base64'),
        },
      },
    ],
    users: [{name: 'sandbox-lab', user: {token: credentials.token}}],
  });
});
