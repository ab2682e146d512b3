import {readFile} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import {request} from 'node:https';
import {parse, stringify} from 'yaml';

/** A cluster's address and credentials, out of its kubeconfig. */
export interface ClusterAccess {
  server: string;
  ca: string;
  user: Record<string, string>;
}

interface Kubeconfig {
  clusters: {cluster: {server: string; 'certificate-authority-data': string}}[];
  users: {user: Record<string, string>}[];
}

/** Of a kubeconfig with one cluster and one user. */
export async function readAccess(file: string): Promise<ClusterAccess> {
  const {clusters, users} = parse(await readFile(file, 'utf8')) as Kubeconfig;
  const cluster = clusters[0]?.cluster;
  if (!cluster || !users[0]) throw new Error(`${file}: no cluster, or no user`);
  return {server: cluster.server, ca: cluster['certificate-authority-data'], user: users[0].user};
}

/** A kubeconfig that reads the same for every cluster, but for address and secrets. */
export function sessionKubeconfig({server, ca, user}: ClusterAccess, namespace: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: 'lab', cluster: {server, 'certificate-authority-data': ca}}],
    users: [{name: 'learner', user}],
    contexts: [{name: 'lab', context: {cluster: 'lab', user: 'learner', namespace}}],
    'current-context': 'lab',
  });
}

/** Opens a GET of the API. */
export function get(access: ClusterAccess, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
  const {user} = access;
  const sent = request(new URL(path, access.server), {
    ca: decode(access.ca),
    ...(user['client-certificate-data'] && {cert: decode(user['client-certificate-data'])}),
    ...(user['client-key-data'] && {key: decode(user['client-key-data'])}),
    ...(user.token && {headers: {authorization: `Bearer ${user.token}`}}),
    signal,
  });
  sent.once('response', resolve);
  sent.once('error', reject);
  sent.end();
  return promise;
}

const decode = (data: string): string => Buffer.from(data, 'base64').toString('utf8');
