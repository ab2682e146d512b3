import {X509Certificate} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {request} from 'node:https';
import type {TLSSocket} from 'node:tls';
import type {Clock} from '../../engine/ports.ts';
import {type KubeconfigContent, readKubeconfig} from '../../kube/kubeconfig.ts';
import type {ServerFacts, Validity} from '../../preflight/facts.ts';

/** How long the server may take to open its door, in milliseconds. */
const answerLimit = 5_000;

/**
 * Looks at the certificate and the clock of the API server of a kubeconfig's current context. No credentials are sent,
 * so it need not be the right server: that it is not, or no longer, is what this is to find out.
 * @returns undefined when nobody opens, or where something else stands between
 */
export async function lookAtServer(
  kubeconfig: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<ServerFacts | undefined> {
  const settings = await readKubeconfig(kubeconfig).then(settingsOf, () => undefined);
  if (!settings) return undefined;
  const {server, user} = settings;
  const url = URL.parse(server);
  if (url?.protocol !== 'https:') return undefined;
  const clientCertificate = certificateIn(user, clock.now());
  const known = {url: server, ...(clientCertificate ? {clientCertificate} : {})};
  try {
    return {...known, ...(await knock(url, clock, signal))};
  } catch {
    signal.throwIfAborted();
    return known;
  }
}

/** Undefined without a context, and where a proxy of the kubeconfig stands before the server. */
function settingsOf(content: KubeconfigContent): {server: string; user: Record<string, unknown>} | undefined {
  const context = content.contexts?.find(({name}) => name === content['current-context'])?.context;
  const cluster = content.clusters?.find(({name}) => name === context?.cluster)?.cluster;
  const user = content.users?.find(({name}) => name === context?.user)?.user ?? {};
  if (cluster?.server === undefined || cluster['proxy-url'] !== undefined) return undefined;
  return {server: cluster.server, user};
}

function certificateIn(user: Record<string, unknown>, now: number): Validity | undefined {
  const data = user['client-certificate-data'];
  if (typeof data !== 'string') return undefined;
  try {
    const {validFrom, validTo} = new X509Certificate(Buffer.from(data, 'base64'));
    return validity(validFrom, validTo, now);
  } catch {
    return undefined; // not a certificate: the server will say so
  }
}

async function knock(
  url: URL,
  clock: Clock,
  signal: AbortSignal,
): Promise<Pick<ServerFacts, 'certificate' | 'ahead'>> {
  const asked = clock.now();
  const answer = await get(new URL('version', `${url.href.replace(/\/$/, '')}/`), signal);
  const now = clock.now();
  const {valid_from: from, valid_to: until} = (answer.socket as TLSSocket).getPeerCertificate();
  answer.destroy();
  const date = Date.parse(answer.headers.date ?? '');
  return {
    ...(until ? {certificate: validity(from, until, now)} : {}),
    // The header tells whole seconds: on average half a second has gone since.
    ...(Number.isNaN(date) ? {} : {ahead: date + 500 - (asked + now) / 2}),
  };
}

const get = (url: URL, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]);
    // Also one with a certificate that nobody should trust is to be looked at.
    const asking = request(url, {rejectUnauthorized: false, agent: false, signal: limited}, resolve);
    asking.once('error', reject);
    asking.end();
  });

function validity(from: string, until: string, now: number): Validity {
  const span = {from: Date.parse(from), until: Date.parse(until)};
  return {...span, state: now > span.until ? 'expired' : now < span.from ? 'not-yet' : 'valid'};
}
