import {randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type Certificates, issueCertificates} from './certificates.ts';
import {writePrivately} from './write-privately.ts';

/** What the API server and its clients know each other by. */
export interface Credentials extends Certificates {
  /** The bearer token of the kubeconfig. */
  token: string;
}

/**
 * The credentials kept in a directory, made when there are none or they run out within a week.
 * The token stays when the certificates are renewed. The file is readable by its owner only.
 *
 * @param now milliseconds since the epoch
 */
export async function keepCredentials(directory: string, now: number): Promise<Credentials> {
  const kept = await readCredentials(directory);
  if (kept && kept.expiresAt - now > week) return kept;
  const made = {...issueCertificates(now), token: kept?.token ?? randomBytes(32).toString('base64url')};
  await writePrivately(fileIn(directory), JSON.stringify(made));
  return made;
}

/**
 * A kubeconfig that leads to this server.
 * @param name of the cluster, the context and the user
 */
export const kubeconfig = (
  {authority, token}: Credentials,
  port: number,
  name: string,
): string => `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster:
    server: https://127.0.0.1:${port}
    certificate-authority-data: ${Buffer.from(authority).toString('base64')}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}
current-context: ${name}
users:
- name: ${name}
  user:
    token: ${token}
`;

const week = 7 * 24 * 3_600_000;

const fileIn = (directory: string) => join(directory, 'credentials.json');

/** The credentials kept in a directory. What a crash left half written counts as not there. */
export async function readCredentials(directory: string): Promise<Credentials | undefined> {
  try {
    const kept: Partial<Credentials> = JSON.parse(await readFile(fileIn(directory), 'utf8'));
    const {authority, certificate, key, token, expiresAt} = kept;
    return authority && certificate && key && token && expiresAt
      ? {authority, certificate, key, token, expiresAt}
      : undefined;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    )
      return undefined;
    throw error;
  }
}
